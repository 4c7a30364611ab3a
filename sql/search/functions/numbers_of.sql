create or replace function search.numbers_of(product bigint)
    returns table (name text, value numeric)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select a.key, (a.value #>> '{}')::numeric
    from catalog.product p
    cross join jsonb_each(p.attributes) as a
    left join catalog.attribute t on t.type_id = p.type_id and t.code = a.key
    where p.id = product and jsonb_typeof(a.value) = 'number'
    and coalesce(t.filterable, true)
    and length(a.key) <= 60 and strpos(a.key, '~') = 0
    and strpos(a.key, '=') = 0;
end
$$;

comment on function search.numbers_of is
    'attributes of a product that are numbers';
