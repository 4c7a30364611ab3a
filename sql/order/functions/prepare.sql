create or replace function "order".prepare(p_items jsonb[],
        p_answers api.answer[], p_same int[])
    returns "order".placing[]
    language plpgsql stable
as $$
begin
    return (select array_agg(row(i.n, i.j, q, coalesce(v.hold, make_interval(
               mins => s.reservation_minutes)), e.id, i.same,
               case when (p_answers[i.n]).status is not null then 'answered'
                    when e.id is not null then 'known'
                    when i.same is not null then 'same'
                    when q.problem is not null then q.problem
                    when q.method is not null
                        and i.j -> 'shipping_address' is null then 'address'
                    when v.enabled is not true then 'provider'
                    when q.total <> (i.j ->> 'expected_total')::bigint
                        or i.j ->> 'expected_currency' <> i.j ->> 'currency'
                        then 'price_changed'
               end)::"order".placing order by i.n)
    from (select u.n::int, u.j, (u.j ->> 'store')::bigint as store_id,
                 coalesce(p_same[u.n], nullif(min(u.n)
                     filter (where (p_answers[u.n]).status is null)
                     over (partition by u.j ->> 'cart_id',
                           u.j ->> 'revision'), u.n)::int) as same
          from unnest(p_items) with ordinality as u (j, n)) as i
    join unnest(cart.quote(p_items, false)) q on q.id = i.n
    join store.store s on s.id = i.store_id
    left join payment.provider v on v.provider = i.j ->> 'provider'
    left join "order".orders e on e.cart_id = (i.j ->> 'cart_id')::uuid
        and e.cart_revision = (i.j ->> 'revision')::bigint);
end
$$;

comment on function "order".prepare is
    'quotes a batch and tells which of it can''t be placed and why';
