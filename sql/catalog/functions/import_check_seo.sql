create or replace function catalog.import_check_seo(cells jsonb)
    returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(bool_and(case
        when jsonb_typeof(m.value) <> 'string' then false
        when m.key = 'robots' then m.word in ('index', 'noindex')
        else length(m.word) between case m.key when 'image' then 1 else 0 end
            and case m.key when 'title' then 200 when 'description' then 500
                    when 'keywords' then 500 when 'image' then 2000
                    else -1 end
        end), true)
    from (select e.key, e.value, e.value #>> '{}' as word
          from jsonb_each(coalesce(cells -> 'seo{}', '{}')
                          || coalesce(cells -> 'seo', '{}')) as e) as m
$$;

comment on function catalog.import_check_seo is
    'whether SEO fields of a row are what a product may have';
