create or replace function media.forget(account uuid)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from media.asset a
    where a.owner = account and a.purpose = 'review';

    update media.asset a set owner = null where a.owner = account
$$;

comment on function media.forget is
    'pictures of reviews go, they may show a person; what the shop shows'
    ' becomes nobody''s';
