create or replace function store.forget(account uuid)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from store.tax_exemption e where e.user_id = account
$$;

comment on function store.forget is
    'a person''s exemptions are gone with it; what its orders paid stays';
