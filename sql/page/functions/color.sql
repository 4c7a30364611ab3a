create or replace function page.color(value jsonb)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when jsonb_typeof(value) = 'string' then (
            select t.v from (select value #>> '{}') as t (v)
            where t.v ~ '^#[0-9A-Fa-f]{6}$'
            or t.v ~ '^oklch\([0-9.]{1,8}%? [0-9.]{1,8} [0-9.]{1,8}\)$')
        when jsonb_typeof(value) = 'object' then (
            select 'light-dark(' || l || ', ' || d || ')'
            from (select page.color(value -> 'light') as l,
                         page.color(value -> 'dark') as d) as pair)
    end
$$;

comment on function page.color is
    'a colour of a theme as CSS: "#rrggbb", "oklch(...)" or {light, dark} of'
    ' these; null for anything else, so that no text of a store is CSS';
