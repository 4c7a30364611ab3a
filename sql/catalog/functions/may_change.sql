create or replace function catalog.may_change(seller uuid, actor uuid,
                                              manager boolean)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select manager or coalesce(seller = actor, false)
        or not 'seller' = any (identity.roles_of(actor))
$$;

comment on function catalog.may_change is
    'whether one who may write products may change this seller''s: sellers'
    ' only their own';
