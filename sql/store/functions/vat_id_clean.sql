create or replace function store.vat_id_clean(p_max int)
    returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    with old as (
        select v.vat_id from store.vat_id v
        where v.asked_at < now() - interval '90 days'
        order by v.asked_at limit p_max
    ), gone as (
        delete from store.vat_id v using old where v.vat_id = old.vat_id
        returning 1
    )
    select count(*) from gone
$$;

comment on function store.vat_id_clean is
    'forgets VAT ids that nobody asked about for 90 days; the worker''s';
