create or replace function media.product_of(store bigint, ref text,
        actor uuid, manager boolean)
    returns catalog.product
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    product catalog.product;
begin
    select p.* into product from catalog.product p
        where p.store_id = store and p.deleted_at is null
        and (p.slug = ref
             or p.id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint end);
    if not found then
        perform api.fail('PR404', 'There is no such product.');
    end if;
    if not catalog.may_change(product.seller_id, actor, manager) then
        perform api.fail(
            case when product.status = 'published' then 'PR403'
                 else 'PR404' end,
            case when product.status = 'published'
                 then 'This is another seller''s product.'
                 else 'There is no such product.' end);
    end if;
    return product;
end
$$;

comment on function media.product_of is
    'a product whose pictures the actor may see as they are';
