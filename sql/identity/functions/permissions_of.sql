create or replace function identity.permissions_of(account uuid, scope text)
    returns text[]
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with held as (
        select distinct p.name
        from identity.account_role a
        join identity.role r on r.name = a.role
        cross join lateral unnest(r.permissions) as p (name)
        where a.user_id = account
    )
    select coalesce(array_agg(h.name order by h.name), '{}')
    from (select w.name from unnest(string_to_array(scope, ' ')) as w (name)
          where exists (select from held h where h.name in (w.name, '*'))
          union all
          select h.name from held h where scope is null) as h
$$;

comment on function identity.permissions_of is
    'what an account may do, by a token or key of a scope; {*}: everything';
