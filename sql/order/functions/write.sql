create or replace function "order".write(p_orders "order".placing[],
        p_taken "order".taken[], p_answers api.answer[])
    returns api.answer[]
    language plpgsql volatile
as $$
declare
    p "order".placing;
    o "order".orders;
    t "order".taken;
    n int;
    stores bigint[] := '{}';
    orders "order".orders[] := '{}';
    lines cart.line[] := '{}';
    owners uuid[] := '{}';
    places int[] := '{}';
    providers text[] := '{}';
    whose text[] := '{}';
    facts jsonb[] := '{}';
    numbers text[];
    tags text[];
    at text := api.time(now());
    i int := 1;
    waits boolean;
begin
    if cardinality(p_taken) = 0 then
        return p_answers;
    end if;
    perform "order".reserve(p_taken);
    foreach t in array p_taken loop
        if t.n is distinct from n then
            n := t.n;
            stores := stores || t.store_id;
        end if;
    end loop;
    numbers := "order".number(stores);

    o.status := 'pending_payment';
    o.created_at := now();
    foreach p in array p_orders loop
        continue when (p_taken[i]).n is distinct from p.n;
        o.id := (p_taken[i]).order_id;
        o.user_id := (p_taken[i]).user_id;
        o.reserved_until := (p_taken[i]).expires_at;
        tags := '{}';
        waits := false;
        while (p_taken[i]).n = p.n loop
            if (p_taken[i]).shows and 'product:' || (p_taken[i]).product_id
                <> all (tags)
            then
                tags := tags || ('product:' || (p_taken[i]).product_id);
            end if;
            waits := waits or (p_taken[i]).later > 0;
            i := i + 1;
        end loop;

        o.store_id := p.j ->> 'store';
        o.number := numbers[cardinality(orders) + 1];
        o.cart_id := p.j ->> 'cart_id';
        o.cart_revision := p.j ->> 'revision';
        o.email := p.j ->> 'email';
        if o.email is null and o.user_id is not null then
            select a.email into o.email from identity.account a
            where a.id = o.user_id;
        end if;
        o.currency := p.j ->> 'currency';
        o.exchange_rate := p.rate;
        o.total := (p.quote).total;
        o.due := (p.quote).due;
        o.quote := (p.quote).body;
        o.shipping_method := (p.quote).method;
        o.shipping_address := p.j -> 'shipping_address';
        o.billing_address := p.j -> 'billing_address';
        o.pickup_point := shipping.chosen_point(o, p.j ->> 'pickup_point');
        o.payment_id := p.j ->> 'payment';

        orders := orders || o;
        lines := lines || (p.quote).lines;
        for k in 1 .. cardinality((p.quote).lines) loop
            owners := owners || o.id;
            places := places || k;
        end loop;
        providers := providers || (p.j ->> 'provider');
        whose := whose || (p.j ->> 'by');
        facts := facts || "order".payment_fact(o, p.j ->> 'provider');
        if waits then
            o.quote := "order".waiting(o.id, o.quote);
        end if;
        p_answers[p.n] := row(201, "order".render(o,
            "order".payment_json(o.payment_id, p.j ->> 'provider', 'created',
                                 null),
            format('{"at":"%s","event":"order.created","by":"%s"}', at,
                   p.j ->> 'by')), '1', '/orders/' || o.id,
            nullif(array_to_string(tags, ' '), ''), false)::api.answer;
    end loop;

    insert into "order".orders (id, store_id, number, status, user_id, cart_id,
        cart_revision, email, currency, total, due, quote, shipping_method,
        shipping_address, billing_address, payment_id, reserved_until,
        pickup_point, exchange_rate)
    select r.id, r.store_id, r.number, r.status, r.user_id, r.cart_id,
           r.cart_revision, r.email, r.currency, r.total, r.due, r.quote,
           r.shipping_method, r.shipping_address, r.billing_address,
           r.payment_id, r.reserved_until, r.pickup_point,
           r.exchange_rate
    from unnest(orders) as r;

    insert into "order".line (order_id, position, product_id, variant_id,
        quantity, unit_price, line_total, tax, tax_rate, discount)
    select owners[l.ordinality], places[l.ordinality], l.product_id,
           l.variant_id, l.quantity, l.unit_price, l.line_total, l.tax,
           l.tax_rate, l.discount
    from unnest(lines) with ordinality as l;

    insert into payment.payment (id, order_id, store_id, provider, currency,
                                 amount)
    select r.payment_id, r.id, r.store_id, providers[r.ordinality],
           r.currency, r.due
    from unnest(orders) with ordinality as r;

    insert into "order".event (order_id, seq, type, by, data)
    select r.id, 1, 'order.created', whose[r.ordinality],
           '{"status": "pending_payment"}'
    from unnest(orders) with ordinality as r;

    insert into ops.outbox (topic, key, seq, type, store_id, data, live)
    select 'shop.orders', r.id, 1, 'order.created', r.store_id,
           "order".fact(r), 'live:order:' || r.id
    from unnest(orders) as r;

    insert into ops.outbox (topic, key, seq, type, store_id, data)
    select 'shop.payments', r.payment_id, 1, 'payment.requested', r.store_id,
           facts[r.ordinality]
    from unnest(orders) with ordinality as r
    where not payment.by_hand(providers[r.ordinality]) and r.due > 0;
    return p_answers;
end
$$;

comment on function "order".write is
    'writes the orders of a batch that got their stock: reservations, rows,'
    ' numbers without a gap, timeline, outbox; adds their answers';
