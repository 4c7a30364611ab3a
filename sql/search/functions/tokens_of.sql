create or replace function search.tokens_of(product bigint)
    returns table (token text, label text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select lower(name || '=' || value), min(name || '=' || value)
    from (
        select a.key as name, e.value
        from catalog.product p
        cross join jsonb_each(p.attributes) as a
        left join catalog.attribute t on t.type_id = p.type_id
            and t.code = a.key
        cross join jsonb_array_elements_text(
            case when jsonb_typeof(a.value) in ('object', 'null', 'number')
                      or not t.filterable then '[]'
                 when jsonb_typeof(a.value) = 'array' then a.value
                 else jsonb_build_array(a.value) end) as e (value)
        where p.id = product
        union all
        select o.name, v.options[o.position]
        from catalog.option o
        join catalog.variant v on v.product_id = o.product_id
            and v.deleted_at is null
        where o.product_id = product
    ) as pairs
    where length(name) <= 60 and length(value) between 1 and 100
    group by 1
    union all
    select '~' || lower(n.name) || '~' || search.number_step(n.value),
           n.name || '~' || search.number_step(n.value)
    from search.numbers_of(product) as n;
end
$$;

comment on function search.tokens_of is
    'what a product may be filtered by: attributes and options, name=value,'
    ' and numbers, ~name~range';
