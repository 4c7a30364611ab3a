create or replace function catalog.import_types(store bigint,
        rows catalog.import_row[])
    returns table (product_id bigint, type_id bigint, unknown boolean)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with said as materialized (
        select r.product_id, (array_agg(r.cells ->> 'type' order by r.line desc)
                   filter (where r.cells ? 'type'))[1] as ref
        from unnest(rows) as r
        group by r.product_id
    ), types as materialized (
        select d.ref, catalog.type_find(store, d.ref) as id
        from (select distinct s.ref from said s where s.ref <> '-') as d
    )
    select s.product_id, case when s.ref is null then p.type_id else t.id end,
           s.ref <> '-' and t.id is null
    from said s
    left join types t on t.ref = s.ref
    left join catalog.product p on p.id = s.product_id
$$;

comment on function catalog.import_types is
    'the types that products of rows have after them; unknown: the last row'
    ' that names one names none of the store''s';
