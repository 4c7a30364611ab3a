create or replace function payment.attempt_claim(p_max int, p_lease interval,
        p_provider text)
    returns setof payment.attempt_job
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- the payment moved on before it was called for
    update payment.attempt a set state = 'done', updated_at = now()
    where a.id in (
        select t.id from payment.attempt t
        join payment.payment p on p.id = t.payment_id
        where t.state = 'due' and t.next_at <= now() and t.kind = 'create'
            and p.status in ('success', 'cancelled', 'refunded')
        limit 1000 for update of t skip locked);

    return query
    with due as (
        select t.id, t.state = 'running' as again
        from payment.attempt t
        join payment.payment p on p.id = t.payment_id
        where t.state in ('due', 'running') and t.next_at <= now()
            and p.provider = p_provider
        order by t.next_at limit p_max
        for update of t skip locked
    ), taken as (
        update payment.attempt a
        set state = 'running', tries = a.tries + 1,
            next_at = now() + p_lease, updated_at = now()
        from due where a.id = due.id
        returning a.*, due.again
    )
    select a.id, p.id, p.order_id, p.store_id, a.kind, p.provider, a.amount,
           p.currency, p.reference, a.tries, a.again
    from taken a join payment.payment p on p.id = a.payment_id
    order by a.created_at;
end
$$;

comment on function payment.attempt_claim is
    'takes attempts that are due, for as long as the lease; committed before'
    ' the provider is called';
