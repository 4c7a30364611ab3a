drop function if exists cart.notices(jsonb, cart.line[], bigint);

create or replace function cart.notices(p_cart jsonb, p_lines cart.line[],
        p_variant bigint)
    returns text[]
    language plpgsql stable
as $$
declare
    seen jsonb := p_cart -> 'seen';
    own int := jsonb_array_length(p_cart -> 'lines');
    money text := p_cart ->> 'currency';
    l cart.line;
    was bigint;
    n int := 0;
    told text[] := '{}';
    kept text[] := '{}';
begin
    foreach l in array coalesce(p_lines, '{}') loop
        n := n + 1;
        exit when n > own;
        was := seen ->> l.variant_id::text;
        continue when was = l.unit_price;
        if l.unit_price is null then
            -- it is not among the items: this is how it is told at all
            told := told || format(
                '{"item_id":"%s","name":%s,"was":%s,"now":null}', l.variant_id,
                coalesce((select to_json(p.name)::text from catalog.variant v
                          join catalog.product p on p.id = v.product_id
                          where v.id = l.variant_id), 'null'),
                coalesce(cart.money(was, money), 'null'));
        elsif was is null or l.variant_id = p_variant or p_cart ? 'accept' then
            kept := kept || format('$%s %s%s', l.variant_id, money,
                                   l.unit_price);
        else
            told := told || format('{"item_id":"%s","was":%s,"now":%s}',
                l.variant_id, cart.money(was, money),
                cart.money(l.unit_price, money));
        end if;
    end loop;
    return array[array_to_string(told, ','),
                 nullif(array_to_string(kept, ' '), '')];
end
$$;

comment on function cart.notices is
    'two texts: lines whose price is not the one that the cart remembers, or'
    ' which are not for sale any more, and the prices that it is to remember:'
    ' of lines that are new, were changed just now, or whose new price was'
    ' accepted';
