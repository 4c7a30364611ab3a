drop function if exists cart.quote(jsonb[], boolean);

create or replace function cart.quote(p_carts jsonb[], p_stock boolean)
    returns cart.quoted[]
    language plpgsql stable
as $$
declare
    j jsonb;
    t cart.terms;
    a pricing.active;
    wanted text;
    known text;
    relief text;
    q cart.quoted;
    lines constant cart.wanted[] := cart.offers(p_carts, p_stock);
    line int := 1;
    own int;
    quotes cart.quoted[] := '{}';
begin
    foreach j in array p_carts loop
        relief := case when j ?| '{user,vat_id}'::text[] then cart.relief(
            (j ->> 'store')::bigint, j ->> 'country', (j ->> 'user')::uuid,
            j ->> 'vat_id') end;
        -- carts of a set often go to the same country
        wanted := concat(j ->> 'store', '|', j ->> 'country', '|',
                            j ->> 'currency', '|', j ->> 'region', '|', relief);
        if wanted is distinct from known then
            select * into t from cart.terms k
            where k.store_id = (j ->> 'store')::bigint
                and k.country = coalesce(j ->> 'country', '')
                and k.currency = coalesce(j ->> 'currency', '')
                and k.region <= coalesce(j ->> 'region', '')
                and k.region in ('', j ->> 'region')
                and relief is null
            order by k.region desc limit 1;
            if t.exact is not true or t.until <= now() then
                t := cart.terms_of((j ->> 'store')::bigint, j ->> 'country',
                    j ->> 'region', j ->> 'postal_code', j ->> 'currency',
                    relief);
            end if;
            if a.store_id is distinct from t.store_id then
                select * into a from pricing.active k
                where k.store_id = t.store_id;
            end if;
            known := case when t.exact then wanted end;
        end if;
        own := jsonb_array_length(j -> 'lines');
        q := cart.price(cardinality(quotes) + 1, j, t, a, p_stock, lines, line,
                        line + own - 1);
        line := line + own;
        if j ? 'locale' then
            q.body := cart.localized(q.body, t.store_id, j ->> 'locale');
        end if;
        quotes := quotes || q;
    end loop;
    return quotes;
end
$$;

comment on function cart.quote is
    'prices, discounts, shipping, tax, total and due of a set of carts, for'
    ' the cart''s answer and for orders alike; a cart is {store, currency,'
    ' country, region, postal_code, user, email, vat_id, coupons, gifts,'
    ' shipping_method, kept_method (if it is offered), pickup_point, locale,'
    ' lines: [[variant, quantity]]};'
    ' stock is looked at only when asked for; locale: names are those of this'
    ' language, not of the store''s first one';
