create or replace function catalog.collection_find(store bigint, ref text)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if ref ~ '^[0-9]{1,18}$' then
        return (select c.id from catalog.collection c
                where c.store_id = store and c.id = ref::bigint);
    end if;
    return coalesce((select c.id from catalog.collection c
                     where c.store_id = store and c.slug = ref),
                    catalog.slug_former(store, 'collection', ref));
end
$$;

comment on function catalog.collection_find is
    'id of a collection by id, slug or a former slug';
