create or replace function pricing.collected(p_product bigint,
        p_collections bigint[])
    returns boolean
    language plpgsql stable
as $$
begin
    return exists (
        select from catalog.collection_product c
        where c.product_id = p_product
            and c.collection_id = any (p_collections));
end
$$;

comment on function pricing.collected is
    'whether a product is in one of these collections';
