create or replace function inventory.checked()
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('checked_at', api.time(c.checked_at),
               'wrong', coalesce(c.wrong, 0),
               'findings', coalesce(c.findings, '[]'))::text
    from (select) as one
    left join lateral (
        select k.* from inventory.ledger_check k
        order by k.id desc limit 1) as c on true
$$;

comment on function inventory.checked is
    'GET /inventory/check: what the last comparison with the ledger found';
