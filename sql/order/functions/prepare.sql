create or replace function "order".prepare(p_items jsonb[],
        p_answers api.answer[], p_same int[])
    returns "order".placing[]
    language plpgsql stable
as $$
declare
    quotes cart.quoted[] := cart.quote(p_items, false);
    q cart.quoted;
    j jsonb;
    n int := 0;
    places int[];
    ids uuid[];
    known uuid;
    same int;
    cart text;
    carts text[] := '{}';
    terms text[];
    wanted text[];
    enabled boolean;
    hold interval;
    rate numeric;
    orders "order".placing[] := '{}';
begin
    select array_agg(u.n::int), array_agg(e.id) into places, ids
    from unnest(p_items) with ordinality as u (j, n)
    cross join lateral (
        select e.id from "order".orders e
        where e.cart_id = (u.j ->> 'cart_id')::uuid
            and e.cart_revision = (u.j ->> 'revision')::bigint
        offset 0
    ) as e;

    foreach j in array p_items loop
        n := n + 1;
        q := quotes[n];
        wanted := array[j ->> 'store', j ->> 'provider', j ->> 'currency'];
        if wanted is distinct from terms then
            terms := wanted;
            select v.enabled, coalesce(v.hold, make_interval(
                       mins => s.reservation_minutes)),
                   case when s.currency <> wanted[3]
                        then store.rate(s.id, wanted[3]) end
            into enabled, hold, rate
            from store.store s
            left join payment.provider v on v.provider = wanted[2]
            where s.id = wanted[1]::bigint;
        end if;

        known := ids[array_position(places, n)];
        same := p_same[n];
        if (p_answers[n]).status is null then
            cart := (j ->> 'cart_id') || ':' || (j ->> 'revision');
            same := coalesce(same, array_position(carts, cart));
            carts[n] := cart;
        else
            carts[n] := null;
        end if;

        orders := orders || row(n, j, q, hold, known, same,
            case when (p_answers[n]).status is not null then 'answered'
                 when known is not null then 'known'
                 when same is not null then 'same'
                 when q.problem is not null then q.problem
                 when q.method is not null
                     and j -> 'shipping_address' is null then 'address'
                 when enabled is not true then 'provider'
                 when (j -> 'pos' ->> 'tendered')::bigint < q.due
                     or j -> 'pos' ->> 'currency' <> j ->> 'currency'
                     then 'tender'
                 when q.total <> (j ->> 'expected_total')::bigint
                     or j ->> 'expected_currency' <> j ->> 'currency'
                     or q.due <> (j ->> 'expected_due')::bigint
                     then 'price_changed'
            end, rate)::"order".placing;
    end loop;
    return orders;
end
$$;

comment on function "order".prepare is
    'quotes a batch and tells which of it can''t be placed and why';
