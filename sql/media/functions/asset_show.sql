create or replace function media.asset_show(store bigint, actor uuid,
        manager boolean, asset uuid)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select media.asset_json(a)::text, media.asset_etag(a)
    from media.asset_of(store, actor, manager, asset) as a
$$;

comment on function media.asset_show is 'GET /media/{asset}';
