create or replace function identity.put_permissions(known jsonb)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with wanted as (
        select w.name, w.description, w.reach
        from jsonb_to_recordset(known)
            as w (name text, description text, reach text)
    ), gone as (
        delete from identity.permission p
        where not exists (select from wanted w where w.name = p.name)
    )
    insert into identity.permission as p (name, description, reach)
    select w.name, w.description, w.reach from wanted w
    on conflict (name) do update
    set description = excluded.description, reach = excluded.reach
    where (p.description, p.reach)
        is distinct from (excluded.description, excluded.reach)
$$;

comment on function identity.put_permissions is
    'the whole table of permissions, at each migration';
