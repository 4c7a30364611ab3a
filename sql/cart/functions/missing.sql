create or replace function cart.missing(p_cart jsonb, p_product bigint)
    returns text
    language sql stable
as $$
    select case when cart.variants(p_cart, p_product) > 0
                then 'variant_required' else 'not_found' end
$$;

comment on function cart.missing is
    'what to say of a variant that is not there: the product may have others';
