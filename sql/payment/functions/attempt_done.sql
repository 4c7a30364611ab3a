create or replace function payment.attempt_done(p_results jsonb)
    returns int
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    r jsonb;
    n int := 0;
begin
    for r in select e from jsonb_array_elements(p_results) as e
        order by e ->> 'attempt'
    loop
        n := n + payment.attempt_settle(r)::int;
    end loop;
    return n;
end
$$;

comment on function payment.attempt_done is
    'what came of calls to providers; tells how many attempts it settled';
