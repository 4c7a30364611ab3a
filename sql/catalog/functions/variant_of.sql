create or replace function catalog.variant_of(product bigint, ref text)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    id bigint;
begin
    select v.id into id from catalog.variant v
        where v.product_id = product and v.deleted_at is null
        and (v.id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint end
             or v.sku = ref)
        order by v.sku = ref limit 1;
    if not found then
        perform api.fail('PR404', 'The product has no such variant.');
    end if;
    return id;
end
$$;

comment on function catalog.variant_of is
    'a variant of a product by its id or SKU, or a refusal';
