create or replace function catalog.hold_type(store bigint, document jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if document ->> 'type' is not null then
        perform from catalog.product_type t
            where t.id = catalog.product_type_of(store, document) for share;
    end if;
end
$$;

comment on function catalog.hold_type is
    'keeps the type that a product is about to get as it is, before the product'
    ' is locked: who renames it then finds the product among its own';
