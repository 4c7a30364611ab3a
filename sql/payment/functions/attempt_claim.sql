create or replace function payment.attempt_claim(p_max int, p_lease interval,
        p_provider text)
    returns setof payment.attempt_job
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    d record;
    over uuid[] := '{}';
    ids uuid[] := '{}';
    again uuid[] := '{}';
begin
    -- no join: a plan that was made while the tables were empty stays right
    for d in
        select t.id, t.kind, t.state, (
                   select p.status from payment.payment p
                   where p.id = t.payment_id) as status
        from payment.attempt t
        where t.state in ('due', 'running') and t.next_at <= now()
            and p_provider = (select p.provider from payment.payment p
                              where p.id = t.payment_id)
        order by t.next_at limit 10 * p_max
        for update of t skip locked
    loop
        if d.state = 'due' and d.kind = 'create'
            and d.status in ('success', 'cancelled', 'refunded')
        then
            -- the payment moved on before it was called for
            over := over || d.id;
        elsif cardinality(ids) < p_max then
            ids := ids || d.id;
            if d.state = 'running' then
                again := again || d.id;
            end if;
        end if;
    end loop;

    if cardinality(over) > 0 then
        update payment.attempt a set state = 'done', updated_at = now()
        where a.id = any (over);
    end if;
    if cardinality(ids) > 0 then
        update payment.attempt a
        set state = 'running', tries = a.tries + 1, next_at = now() + p_lease,
            updated_at = now()
        where a.id = any (ids);
    end if;
    return query
    select a.id, p.id, p.order_id, p.store_id, a.kind, p.provider, a.amount,
           p.currency, p.reference, a.tries, a.id = any (again)
    from payment.attempt a
    cross join lateral (
        select * from payment.payment p where p.id = a.payment_id offset 0
    ) as p
    where a.id = any (ids)
    order by a.created_at;
end
$$;

comment on function payment.attempt_claim is
    'takes attempts that are due, for as long as the lease; committed before'
    ' the provider is called';
