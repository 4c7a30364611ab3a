create or replace function media.srcset(url text, width int)
    returns text
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select string_agg(url || '?w=' || s.w || ' ' || least(s.w, width) || 'w',
                      ', ' order by s.w)
    from (values (160, 0), (320, 160), (640, 320), (960, 640), (1280, 960),
                 (1920, 1280)) as s (w, narrower)
    where url ~ '^/media/i/[0-9a-f]{32}\.webp$' and s.narrower < width
$$;

comment on function media.srcset is
    'the widths of an uploaded picture for <img srcset>: none is wider than it'
    ' was; null for a picture from elsewhere';
