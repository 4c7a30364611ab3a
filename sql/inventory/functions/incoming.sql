create or replace function inventory.incoming(variant bigint, warehouse bigint)
    returns bigint
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(sum(l.quantity - l.received - l.missing), 0)
    from inventory.transfer_line l
    join inventory.transfer t on t.id = l.transfer_id
    where l.variant_id = variant and t.to_id = warehouse
    and t.status in ('in_transit', 'partially_received')
$$;

comment on function inventory.incoming is
    'what transfers are bringing to a warehouse';
