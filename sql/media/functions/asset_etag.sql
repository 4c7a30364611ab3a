create or replace function media.asset_etag(asset media.asset)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select asset.version || '.' || f.state
    from media.file f where f.key = asset.key
$$;

comment on function media.asset_etag is
    'the version, and behind a dot what changes without it';
