create or replace function media.image_etag(image catalog.image)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select image.version || '.' || coalesce(
        (select f.state from media.file f where f.key = image.key), 'ready')
$$;

comment on function media.image_etag is
    'the version, and behind a dot what changes without it';
