create or replace function "order".live_open(p_order uuid, p_actor uuid,
        p_cart uuid, p_staff boolean, p_after bigint)
    returns table (seq int, type text, data text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select e.seq, e.type, e.data::text
    from "order".orders o
    left join "order".event e on e.order_id = o.id and e.seq > p_after
    where o.id = p_order
        and (p_staff or o.user_id = p_actor
             or (o.user_id is null and o.cart_id = p_cart))
    order by e.seq;
end
$$;

comment on function "order".live_open is
    'events of an order after one of them, for who may see it: no row when'
    ' that is nobody''s order to see, one row of nulls when nothing is new';
