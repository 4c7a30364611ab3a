create or replace function identity.not_held(account uuid, scope text,
        wanted text[])
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select min(w.name)
    from unnest(wanted) as w (name)
    where not (identity.permissions_of(account, scope) && array[w.name, '*'])
$$;

comment on function identity.not_held is
    'one of the permissions that the account does not hold, or null: nobody'
    ' gives, takes or touches what is more than he has';
