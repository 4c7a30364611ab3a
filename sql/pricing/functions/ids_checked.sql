create or replace function pricing.ids_checked(p_ids jsonb, p_known regclass,
        p_store bigint, p_field text)
    returns void
    language plpgsql stable
as $$
declare
    place bigint;
begin
    select u.n - 1 into place
    from jsonb_array_elements_text(p_ids) with ordinality as u (id, n)
    where u.id !~ '^[0-9]{1,18}$' order by u.n limit 1;
    if place is null then
        execute format('select u.n - 1 from jsonb_array_elements_text($1)'
            ' with ordinality as u (id, n) where not exists (select from %s k'
            ' where k.id = u.id::bigint and k.store_id = $2)'
            ' order by u.n limit 1', p_known)
        into place using p_ids, p_store;
    end if;
    if place is not null then
        perform api.fail('PG422', 'There is no such one.',
                         p_field || '/' || place);
    end if;
end
$$;

comment on function pricing.ids_checked is
    'refuses ids of an array of a body that the store does not have';
