create or replace function cart.limits(p_cart jsonb, p_refused text,
        p_variant bigint)
    returns jsonb
    language plpgsql stable
as $$
begin
    if p_refused <> 'quantity' then
        return null;
    end if;
    return (
        select jsonb_build_object('min', coalesce(o.limits[1], 1),
                   'max', least(o.limits[2], s.line_quantity),
                   'step', coalesce(o.limits[3], 1))
        from catalog.offer o
        join store.store s on s.id = o.store_id
        where o.variant_id = p_variant
            and o.store_id = (p_cart ->> 'store')::bigint
            and o.currency = p_cart ->> 'currency');
end
$$;

comment on function cart.limits is
    'the quantities that a line may have, when that is why it is refused';
