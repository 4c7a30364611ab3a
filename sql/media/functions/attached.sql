create or replace function media.attached(subject text)
    returns json
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(json_agg(json_build_object(
        'id', a.id::text,
        'url', format('/media/i/%s.webp', f.key),
        'srcset', media.srcset(format('/media/i/%s.webp', f.key), f.width),
        'alt', a.alt, 'width', f.width, 'height', f.height,
        'status', media.status(f.state)) order by a.created_at, a.id), '[]')
    from media.asset a
    join media.file f on f.key = a.key and f.state <> 'failed'
    where a.subject = attached.subject
$$;

comment on function media.attached is 'the pictures that something shows';
