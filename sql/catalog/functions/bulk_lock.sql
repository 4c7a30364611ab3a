create or replace function catalog.bulk_lock(store bigint, items jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    named constant text[] := array(
        select i ->> 'id' from jsonb_array_elements(items) as i
        where i ? 'id');
    known bigint[];
begin
    if named = '{}' then
        return;
    end if;
    known := array(
        select p.id from catalog.product p
        where p.store_id = store and p.deleted_at is null
        and (p.slug = any (named) or p.id = any (array(
            select n::bigint from unnest(named) as n
            where n ~ '^[0-9]{1,18}$'))));
    perform from catalog.product p where p.id = any (known)
        order by p.id for no key update;
end
$$;

comment on function catalog.bulk_lock is
    'locks the products that rows name by id or slug, in the order of all who'
    ' lock several';
