create or replace function page.ld_breadcrumbs(category json, name text,
                                               path text, base text)
    returns json
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        with step as (
            select 0 as n, 'Shop' as name, base || '/' as url
            union all
            select w.n::int, w.step ->> 'name',
                   base || '/categories/' || (w.step ->> 'slug')
            from json_array_elements(coalesce(category -> 'path', '[]'))
                with ordinality as w (step, n)
            union all
            select 100, ld_breadcrumbs.name, base || path where path is not null
        )
        select json_build_object(
            '@context', 'https://schema.org',
            '@type', 'BreadcrumbList',
            'itemListElement', json_agg(json_build_object(
                '@type', 'ListItem', 'position', s.position, 'name', s.name,
                'item', s.url) order by s.position))
        from (select row_number() over (order by n) as position, name, url
              from step) as s
    );
end
$$;

comment on function page.ld_breadcrumbs is
    'schema.org BreadcrumbList: the way to a category and what is in it';
