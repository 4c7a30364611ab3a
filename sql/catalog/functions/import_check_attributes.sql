create or replace function catalog.import_check_attributes(store bigint,
        lines catalog.import_row[])
    returns table (line bigint, name text, detail text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    if not exists (select from unnest(lines) as r where r.cells ?| array[
                       'type', 'attributes', 'attributes{}'])
    then
        return;
    end if;
    return query
    with said as materialized (
        select r.product_id, catalog.import_attributes(
                   (select p.attributes from catalog.product p
                    where p.id = r.product_id),
                   catalog.merged(r.cells -> 'attributes{}' order by r.line),
                   catalog.merged(r.cells -> 'attributes' order by r.line))
                   as attributes
        from unnest(lines) as r
        group by r.product_id
        having bool_or(r.cells ?| array['type', 'attributes',
                                        'attributes{}'])
    ), wrong as materialized (
        select s.product_id, w.code, w.detail
        from said s
        join catalog.import_types(store, lines) as t
            on t.product_id = s.product_id
        cross join lateral (
            select a.code, format('is wrong: %s', a.detail)
            from catalog.attributes_wrong(t.type_id, s.attributes) as a
            where t.type_id is not null
            union all
            select null, 'take more than 20000 bytes'
            where octet_length(s.attributes::text) > 20000
            union all
            select '', 'is not a product type of the store'
            where t.unknown) as w (code, detail)
    ), told as materialized (
        select w.product_id, w.detail, w.code, r.line,
               case w.code when '' then r.cells ? 'type'
                    else r.cells -> 'attributes' ? w.code
                         or r.cells -> 'attributes{}' ? w.code end as here
        from wrong w
        join unnest(lines) as r on r.product_id = w.product_id
    )
    -- in the rows that say it, else in all of the product
    select t.line, case when t.code is null then 'attributes'
                        when t.code = '' then 'type'
                        else 'attr.' || t.code end, t.detail
    from told t
    where coalesce(t.here, false) or not exists (
        select from told o where o.product_id = t.product_id
        and o.code is not distinct from t.code and o.here);
end
$$;

comment on function catalog.import_check_attributes is
    'what is wrong with the types and attributes that rows give their'
    ' products';
