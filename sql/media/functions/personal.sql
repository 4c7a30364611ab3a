create or replace function media.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('media', coalesce(
        jsonb_agg(media.asset_json(a) order by a.created_at, a.id), '[]'))
    from media.asset a where a.owner = account
$$;

comment on function media.personal is 'the pictures that an account uploaded';
