create or replace function catalog.import_check_dates(
        lines catalog.import_row[])
    returns table (line bigint, name text, detail text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    if not exists (select from unnest(lines) as r
                   where r.cells ?| array['publish_at', 'unpublish_at'])
    then
        return;
    end if;
    return query
    with said as materialized (
        select r.product_id, catalog.merged(r.cells order by r.line) as d
        from unnest(lines) as r group by r.product_id
    ), dated as materialized (
        select s.product_id, s.d, p.publish_at, p.unpublish_at, a.*
        from said s
        left join catalog.product p on p.id = s.product_id
        cross join lateral catalog.import_dates(p, s.d) as a
        where s.d ?| array['publish_at', 'unpublish_at']
    ), wrong as materialized (
        select t.product_id, w.name, w.detail
        from dated t
        cross join lateral (values
            ('publish_at', 'is a time, as 2026-12-31T08:00:00Z',
             t.d ->> 'publish_at' <> '-' and t.begins is null),
            ('unpublish_at', 'is a time, as 2026-12-31T08:00:00Z',
             t.d ->> 'unpublish_at' <> '-' and t.ends is null),
            ('publish_at', 'is for a draft only',
             t.d ? 'publish_at' and t.begins is not null
                 and t.status <> 'draft'),
            ('unpublish_at', 'is after publish_at, in the future',
             t.ends <= coalesce(t.begins, now())
                 and t.ends is distinct from t.unpublish_at),
            ('publish_at', 'is before unpublish_at',
             t.ends <= t.begins and t.ends is not distinct from
                 t.unpublish_at)) as w (name, detail, found)
        where w.found
    )
    select r.line, w.name, w.detail
    from wrong w
    join unnest(lines) as r on r.product_id = w.product_id
        and r.cells ? w.name;
end
$$;

comment on function catalog.import_check_dates is
    'what is wrong with the dates that rows give their products';
