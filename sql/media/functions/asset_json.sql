create or replace function media.asset_json(asset media.asset)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', asset.id::text,
        'purpose', asset.purpose,
        'url', format('/media/i/%s.webp', f.key),
        'srcset', media.srcset(format('/media/i/%s.webp', f.key), f.width),
        'alt', asset.alt,
        'width', f.width,
        'height', f.height,
        'status', media.status(f.state),
        'reason', f.reason,
        'used_by', asset.subject,
        'created_at', api.time(asset.created_at),
        'updated_at', api.time(asset.updated_at))
    from media.file f where f.key = asset.key
$$;

comment on function media.asset_json is 'a picture of what is no product';
