create or replace function pricing.refused(p pricing.promotion,
        b pricing.basket, p_matched boolean[])
    returns text
    language plpgsql stable
as $$
declare
    total numeric := 0;
    pieces numeric := 0;
begin
    for i in 1 .. coalesce(cardinality(b.variants), 0) loop
        if p_matched[i] then
            total := total + b.totals[i];
            pieces := pieces + b.quantities[i];
        end if;
    end loop;
    return case
        when pieces = 0 then 'items'
        when p.currencies <> '{}' and b.currency <> all (p.currencies)
            or p.kind = 'fixed' and not p.amounts ? b.currency
            or p.min_totals <> '{}' and not p.min_totals ? b.currency
            then 'currency'
        when p.countries <> '{}' and b.country <> all (p.countries)
            then 'country'
        when total < (p.min_totals -> b.currency)::bigint then 'min_total'
        when pieces < p.min_quantity then 'min_quantity'
        when p.kind = 'free_shipping' and not b.ships then 'shipping'
        when not pricing.belongs(p.id, b.groups) then 'group'
        when p.first_order and b.user_id is null then 'sign_in'
        when p.first_order and exists (
            select from "order".orders o
            where o.user_id = b.user_id and o.store_id = b.store_id
                and o.status <> 'cancelled') then 'first_order'
    end;
end
$$;

comment on function pricing.refused is
    'the condition of a promotion that a cart does not fulfil; null: all hold';
