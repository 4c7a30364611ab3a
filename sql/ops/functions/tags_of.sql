create or replace function ops.tags_of(type text, store_id bigint, key text,
                                       data jsonb)
    returns text
    language sql immutable
as $$
    select case when type = 'stock.changed' then
        case when (data ->> 'in_stock_changed')::boolean
             then 'product:' || key || ' catalog:' || store_id
             else 'product:' || key end
    end
$$;

comment on function ops.tags_of is
    'cache tags that nodes drop when the relay sees a fact that is live: stock'
    ' changes of orders; other writers tell the nodes themselves, the first'
    ' stock of a product too';
