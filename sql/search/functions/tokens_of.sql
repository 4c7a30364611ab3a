create or replace function search.tokens_of(product bigint)
    returns table (token text, label text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select lower(name || '=' || value), min(name || '=' || value)
    from (
        select a.key as name, e.value
        from catalog.product p,
            jsonb_each(p.attributes) as a,
            jsonb_array_elements_text(
                case jsonb_typeof(a.value)
                    when 'array' then a.value
                    when 'object' then '[]'
                    when 'null' then '[]'
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
$$;

comment on function search.tokens_of is
    'what a product may be filtered by: attributes and options, name=value';
