create or replace function wishlist.in_stock(product bigint, variant bigint)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(bool_or(k.shown > 0), false)
    from inventory.stock k
    where k.product_id = product
    and (variant is null or k.variant_id = variant)
$$;

comment on function wishlist.in_stock is
    'whether a product, or one of its variants, can be had now';
