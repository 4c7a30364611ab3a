create or replace function cart.answers(p_carts jsonb[], p_variants bigint[],
        p_products bigint[], p_changes text[])
    returns table (n int, status int, body text, location text, capped text,
        prices text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
declare
    quotes cart.quoted[];
    q cart.quoted;
    j jsonb;
    l cart.line;
    variant bigint;
    change text;
    refused text;
    told text[];
    a api.answer;
begin
    for i in 1 .. cardinality(p_carts) loop
        -- a way that is being chosen now has to be offered
        if p_changes[i] like '%shipping_method%'
            and p_carts[i] ? 'kept_method'
        then
            p_carts[i] := jsonb_set(p_carts[i], '{shipping_method}',
                                    p_carts[i] -> 'kept_method');
        end if;
    end loop;
    quotes := cart.quote(p_carts, true);

    for i in 1 .. cardinality(p_carts) loop
        n := i;
        j := p_carts[i];
        q := quotes[i];
        variant := p_variants[i];
        change := p_changes[i];
        refused := null;
        location := null;
        capped := null;
        prices := null;
        if j ? 'merged' and variant is null then
            select * into strict capped, j from cart.cap(j, q.lines);
            if capped is not null then
                q := (cart.quote(array[j], true))[1];
            end if;
        end if;

        if variant is not null then
            l := null;
            foreach l in array coalesce(q.lines, '{}') loop
                exit when l.variant_id = variant;
                l := null;
            end loop;
            refused := case
                when q.problem in ('currency', 'country') then q.problem
                when l.product_id is null
                    then cart.missing(j, p_products[i])
                when p_products[i] <> l.product_id then 'not_found'
                when p_products[i] = variant and change = 'product'
                    and l.variants > 1 then 'variant_required'
                when not l.fits then 'quantity'
                when l.available < l.quantity then 'insufficient_stock'
            end;
        elsif change is not null then
            refused := case change
                when 'coupon' then q.coupon
                when 'gift_card' then q.gift
                else cart.change_refused(j, q.problem, change)
            end;
        end if;

        if refused is not null then
            a := cart.refusal(refused, cart.limits(j, refused, variant));
            status := a.status;
            body := a.body;
            capped := null;
        else
            told := cart.notices(j, q.lines, variant);
            prices := told[2];
            status := 200;
            if change like '% created' then
                status := 201;
                location := '/pos/carts/' || (j ->> 'id');
            end if;
            body := '{"id":"' || (j ->> 'id') || '","notices":[' || told[1]
                    || '],' || substr(q.body, 2);
        end if;
        return next;
    end loop;
end
$$;

comment on function cart.answers is
    'the answers of requests of carts, and the verdicts on their changes:'
    ' p_changes is product, variant, coupon, gift_card, the names of settings'
    ' or null; n: which cart''s; capped: quantities to store, prices: what the'
    ' cart is to remember';
