create or replace function catalog.category_find(store bigint, ref text)
    returns bigint
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select c.id from catalog.category c
    where c.store_id = store
    and (c.slug = ref
         or c.id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint end)
$$;

comment on function catalog.category_find is 'id of a category by slug or id';
