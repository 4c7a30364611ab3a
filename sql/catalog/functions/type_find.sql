create or replace function catalog.type_find(store bigint, ref text)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (select t.id from catalog.product_type t
            where t.store_id = store
            and (t.code = ref
                 or t.id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint
                           end)
            order by t.code = ref limit 1);
end
$$;

comment on function catalog.type_find is 'id of a product type by code or id';
