create or replace function store.vat_id_claim(p_max int, p_lease interval)
    returns table (vat_id text, country text, number text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    update store.vat_id v
    set next_at = now() + p_lease, tries = v.tries + 1
    where v.vat_id = any (array(
        select d.vat_id from store.vat_id d
        where d.next_at <= now()
        order by d.next_at limit p_max
        for no key update skip locked))
    returning v.vat_id, left(v.vat_id, 2), substr(v.vat_id, 3);
end
$$;

comment on function store.vat_id_claim is
    'VAT ids that the registry is to be asked about now; the worker''s';
