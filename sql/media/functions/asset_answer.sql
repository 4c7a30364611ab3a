create or replace function media.asset_answer(asset uuid, status int)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(status, media.asset_json(a)::text, media.asset_etag(a),
        case when status = 201 then '/api/v1/media/' || a.id end,
        null::text, false)::api.answer
    from media.asset a where a.id = asset
$$;

comment on function media.asset_answer is
    'the answer of a write: the picture as it is now';
