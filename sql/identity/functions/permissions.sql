create or replace function identity.permissions(account uuid, scope text)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'items', jsonb_agg(jsonb_build_object(
            'name', p.name,
            'description', p.description,
            'reach', p.reach,
            'held', held && array[p.name, '*']) order by p.name),
        'next_cursor', null)::text
    from identity.permission p
    cross join identity.permissions_of(account, scope) as held
$$;

comment on function identity.permissions is
    'GET /permissions: all that there are, and whether one holds them';
