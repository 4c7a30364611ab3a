create or replace function inventory.lock_products(products bigint[],
                                                   variants bigint[])
    returns void
    language plpgsql volatile
as $$
begin
    -- of two variants of a product one may be sold while the other is written:
    -- both move what is shown of the product
    perform inventory.lock(array(
        select k.variant_id from inventory.stock k
        where k.product_id = any (products)) || variants);
end
$$;

comment on function inventory.lock_products is
    'locks all stock of products, and that of further variants, before'
    ' anything of it is written: whoever sells a variant of them waits here'
    ' and nowhere else';
