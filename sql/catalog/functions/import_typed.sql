create or replace function catalog.import_typed(store bigint,
        rows catalog.import_row[])
    returns catalog.import_row[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (select from unnest(rows) as r
                   where r.cells ? 'attributes')
    then
        return rows;
    end if;
    return (
        with types as materialized (
            select * from catalog.import_types(store, rows)
        )
        select array_agg(row(r.line, case when r.cells ? 'attributes'
                   then r.cells || jsonb_build_object('attributes', (
                       select jsonb_object_agg(c.key, catalog.import_value(
                                  a.kind, c.value))
                       from jsonb_each(r.cells -> 'attributes') as c
                       left join catalog.attribute a
                           on a.type_id = t.type_id and a.code = c.key))
                   else r.cells end, r.bad, r.product_id, r.variant_id,
                   r.made, r.added)::catalog.import_row order by r.line)
        from unnest(rows) as r
        join types t on t.product_id = r.product_id
    );
end
$$;

comment on function catalog.import_typed is
    'rows whose columns of attributes have become numbers, booleans and lists'
    ' where the product''s type says so';
