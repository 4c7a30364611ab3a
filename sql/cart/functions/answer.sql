drop function if exists cart.answer(jsonb, bigint, bigint, text);

create or replace function cart.answer(p_cart jsonb, p_variant bigint,
        p_product bigint, p_change text)
    returns table (status int, body text, location text, capped text,
        prices text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
declare
    q cart.quoted;
    l cart.line;
    refused text;
    told text[];
    a api.answer;
begin
    -- a way that is being chosen now has to be offered
    if p_change like '%shipping_method%' and p_cart ? 'kept_method' then
        p_cart := jsonb_set(p_cart, '{shipping_method}',
                            p_cart -> 'kept_method');
    end if;
    q := (cart.quote(array[p_cart], true))[1];
    if p_cart ? 'merged' and p_variant is null then
        select * into strict capped, p_cart from cart.cap(p_cart, q.lines);
        if capped is not null then
            q := (cart.quote(array[p_cart], true))[1];
        end if;
    end if;

    if p_variant is not null then
        foreach l in array coalesce(q.lines, '{}') loop
            exit when l.variant_id = p_variant;
            l := null;
        end loop;
        refused := case
            when q.problem in ('currency', 'country') then q.problem
            when l.product_id is null then cart.missing(p_cart, p_product)
            when p_product <> l.product_id then 'not_found'
            when p_product = p_variant and p_change = 'product'
                and l.variants > 1 then 'variant_required'
            when not l.fits then 'quantity'
            when l.available < l.quantity then 'insufficient_stock'
        end;
    elsif p_change is not null then
        refused := case p_change
            when 'coupon' then q.coupon
            when 'gift_card' then q.gift
            else cart.change_refused(p_cart, q.problem, p_change)
        end;
    end if;

    if refused is not null then
        a := cart.refusal(refused, cart.limits(p_cart, refused, p_variant));
        status := a.status;
        body := a.body;
        capped := null;
    else
        told := cart.notices(p_cart, q.lines, p_variant);
        prices := told[2];
        status := 200;
        if p_change like '% created' then
            status := 201;
            location := '/pos/carts/' || (p_cart ->> 'id');
        end if;
        body := '{"id":"' || (p_cart ->> 'id') || '","notices":[' || told[1]
                || '],' || substr(q.body, 2);
    end if;
    return next;
end
$$;

comment on function cart.answer is
    'the answer of every request of a cart, and the verdict on its change:'
    ' p_change is product, variant, coupon, gift_card, the names of settings'
    ' or null; capped: quantities to store, prices: what the cart is to'
    ' remember';
