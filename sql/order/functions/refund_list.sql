create or replace function "order".refund_list(p_store bigint, p_id uuid)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select jsonb_build_object('items', (
               select coalesce(jsonb_agg("order".refund_json(r, o.currency)
                                         order by r.id), '[]')
               from "order".refund r where r.order_id = o.id),
               'next_cursor', null)::text
    from "order".orders o
    where o.id = p_id and o.store_id = p_store;
end
$$;

comment on function "order".refund_list is 'GET /orders/{order}/refunds';
