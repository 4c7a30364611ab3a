create or replace function "order".write(p_orders "order".placing[],
        p_taken "order".taken[])
    returns table (n int, id uuid, body text, tags text)
    language plpgsql volatile
as $$
#variable_conflict use_column
begin
    if cardinality(p_taken) = 0 then
        return;
    end if;
    perform "order".reserve(p_orders, p_taken);

    return query
    with o as materialized (
        select o.n, o.quote, o.hold, o.j, (o.j ->> 'id')::uuid as id,
               (o.j ->> 'payment')::uuid as payment_id,
               (o.j ->> 'store')::bigint as store_id,
               o.j ->> 'provider' as provider, o.j ->> 'currency' as currency,
               o.j ->> 'by' as by, t.tags
        from unnest(p_orders) as o
        join (select t.n, string_agg(distinct 'product:' || t.product_id, ' ')
                     filter (where t.shows) as tags
              from unnest(p_taken) as t group by t.n) as t on t.n = o.n
    ), counter as (
        insert into "order".counter as c (store_id, series, value)
        select o.store_id, 'order', 1000 + count(*)
        from o group by o.store_id order by o.store_id
        on conflict (store_id, series)
        do update set value = c.value + excluded.value - 1000
        returning c.store_id, c.prefix, c.value
    ), placed as (
        insert into "order".orders (id, store_id, number, user_id, cart_id,
            cart_revision, email, currency, total, quote, shipping_method,
            shipping_address, billing_address, payment_id, reserved_until)
        select o.id, o.store_id, c.prefix || (c.value + 1 - row_number()
                   over (partition by o.store_id order by o.n desc)),
               (o.j ->> 'user')::uuid, (o.j ->> 'cart_id')::uuid,
               (o.j ->> 'revision')::bigint,
               coalesce(o.j ->> 'email', (
                   select a.email from identity.account a
                   where a.id = (o.j ->> 'user')::uuid)), o.currency,
               (o.quote).total, (o.quote).body::json, (o.quote).method,
               o.j -> 'shipping_address', o.j -> 'billing_address',
               o.payment_id, now() + o.hold
        from o join counter c on c.store_id = o.store_id
        returning orders.*
    ), line as (
        insert into "order".line (order_id, position, product_id, variant_id,
            quantity, unit_price, line_total, tax, tax_rate)
        select o.id, l.position, l.product_id, l.variant_id, l.quantity,
               l.unit_price, l.line_total, l.tax, l.tax_rate
        from o cross join unnest((o.quote).lines) with ordinality
            as l (product_id, variant_id, quantity, unit_price, line_total,
                  tax, tax_rate, available, variants, position)
    ), payment as (
        insert into payment.payment (id, order_id, store_id, provider,
                                     currency, amount)
        select o.payment_id, o.id, o.store_id, o.provider, o.currency,
               (o.quote).total
        from o
    ), event as (
        insert into "order".event (order_id, seq, type, by, data)
        select o.id, 1, 'order.created', o.by,
               '{"status": "pending_payment"}'
        from o
    ), fact as (
        insert into ops.outbox (topic, key, seq, type, store_id, data, live)
        select f.topic, f.key, 1, f.type, o.store_id, f.data, f.live
        from o join placed p on p.id = o.id
        cross join lateral (values
            ('shop.orders', o.id::text, 'order.created',
             "order".fact(p.*), 'live:order:' || o.id),
            ('shop.payments', o.payment_id::text, 'payment.requested',
             "order".payment_fact(p.*, o.provider), null)
        ) as f (topic, key, type, data, live)
        where f.live is not null or o.provider <> 'offline'
        order by o.n
    )
    select o.n, o.id, "order".render(p.*, "order".payment_json(p.payment_id,
               o.provider, 'created', null), '{"at":"' || api.time(p.created_at)
               || '","event":"order.created","by":"' || o.by || '"}'), o.tags
    from o join placed p on p.id = o.id;
end
$$;

comment on function "order".write is
    'writes the orders of a batch that got their stock: reservations, rows,'
    ' numbers without a gap, timeline, outbox';
