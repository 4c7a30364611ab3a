create or replace function cart.answer(p_cart jsonb, p_variant bigint,
        p_product bigint, p_change text)
    returns table (status int, body text, capped text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
declare
    q cart.quoted := (cart.quote(array[p_cart], true))[1];
    l cart.line;
    refused text;
    a api.answer;
begin
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
            when l.available < l.quantity then 'insufficient_stock'
        end;
    else
        refused := case p_change
            when 'coupon' then q.coupon
            when 'gift_card' then q.gift
            when 'settings' then case when q.problem in ('currency', 'country')
                                      then q.problem end
        end;
    end if;

    if refused is not null then
        a := cart.refusal(refused);
        status := a.status;
        body := a.body;
        capped := null;
    else
        status := 200;
        body := '{"id":"' || (p_cart ->> 'id') || '",' || substr(q.body, 2);
    end if;
    return next;
end
$$;

comment on function cart.answer is
    'the answer of every request of a cart, and the verdict on its change:'
    ' p_change is product, variant, settings, coupon, gift_card or null';
