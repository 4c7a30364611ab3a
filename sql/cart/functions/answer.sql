create or replace function cart.answer(p_cart jsonb, p_variant bigint,
        p_product bigint, p_change text)
    returns table (status int, body text, capped text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    q cart.quoted;
    l cart.line;
    refused text;
    a api.answer;
begin
    select * into strict q from cart.quote(array[p_cart], true);
    if p_cart ? 'merged' and p_variant is null then
        select * into strict capped, p_cart from cart.cap(p_cart, q.lines);
        if capped is not null then
            select * into strict q from cart.quote(array[p_cart], true);
        end if;
    end if;

    if p_variant is not null then
        select * into l from unnest(q.lines) as t
        where t.variant_id = p_variant;
        refused := case
            when q.problem in ('currency', 'country') then q.problem
            when l.product_id is null then cart.missing(p_cart, p_product)
            when p_product <> l.product_id then 'not_found'
            when p_product = p_variant and p_change = 'product'
                and cart.variants(p_cart, l.product_id) > 1
                then 'variant_required'
            when l.available < l.quantity then 'insufficient_stock'
        end;
    elsif q.problem = p_change
        or q.problem in ('currency', 'country') and p_change = 'settings'
    then
        refused := q.problem;
    end if;

    if refused is not null then
        a := cart.refusal(refused);
        return query select a.status, a.body, null::text;
        return;
    end if;
    return query select 200, '{"id":"' || (p_cart ->> 'id') || '",'
        || substr(q.body, 2), capped;
end
$$;

comment on function cart.answer is
    'the answer of every request of a cart, and the verdict on its change:'
    ' p_change is product, variant, settings, coupon or null';
