create or replace function page.theme_css(theme jsonb)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    with color as (
        select '--' || token || ':' || page.color(
                   coalesce(theme -> 'colors' -> token,
                            theme -> 'colors' -> replace(token, '-', '_')))
               as line, n
        from unnest(array['bg', 'surface', 'raised', 'fg', 'muted', 'accent',
                          'on-accent', 'border', 'control', 'ring', 'danger',
                          'success', 'sale']) with ordinality as t (token, n)
    ), font (name, family) as (
        values ('inter', '"Inter Shop","Inter Fallback",system-ui,sans-serif'),
               ('fraunces', '"Fraunces Shop","Fraunces Fallback",Georgia,serif'),
               ('system', 'system-ui,sans-serif'),
               ('serif', 'Georgia,"Times New Roman",serif')
    ), line as (
        select c.line, c.n from color c
        union all
        select '--' || role || '-font:' || f.family, 100
        from unnest(array['body', 'heading']) as role
        join font f on f.name = lower(theme -> 'fonts' ->> role)
        union all
        select '--heading-weight:560;--heading-tracking:-0.012em', 101
        where lower(theme -> 'fonts' ->> 'heading') in ('fraunces', 'serif')
        union all
        select '--radius:' || r.v, 102
        from (select theme ->> 'radius') as r (v)
        where r.v ~ '^[0-9]{1,2}(\.[0-9]{1,3})?(rem|px)$'
    )
    select ':root{' || coalesce(string_agg(line, ';' order by n, line), '') || '}'
    from line
$$;

comment on function page.theme_css is
    'the sheet of a theme: known tokens with values of known forms only';
