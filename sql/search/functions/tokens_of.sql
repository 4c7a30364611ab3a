drop function if exists search.tokens_of(bigint);

create or replace function search.tokens_of(products bigint[])
    returns table (product_id bigint, token text, label text)
    language sql stable
as $$
    select n.id, lower(n.name || '=' || n.value),
           min(n.name || '=' || n.value)
    from (
        select p.id, a.key as name, e.value
        from catalog.product p
        cross join lateral jsonb_each(p.attributes) as a
        left join catalog.attribute t on t.type_id = p.type_id
            and t.code = a.key
        cross join lateral jsonb_array_elements_text(
            case when jsonb_typeof(a.value) in ('object', 'null', 'number')
                      or not t.filterable then '[]'
                 when jsonb_typeof(a.value) = 'array' then a.value
                 else jsonb_build_array(a.value) end) as e (value)
        where p.id = any (products)
        union all
        select o.product_id, o.name, v.options[o.position]
        from catalog.option o
        join catalog.variant v on v.product_id = o.product_id
            and v.deleted_at is null
        where o.product_id = any (products)
    ) as n
    where length(n.name) <= 60 and length(n.value) between 1 and 100
    group by 1, 2
    union all
    select n.product_id, '~' || lower(n.name) || '~' || n.step,
           n.name || '~' || n.step
    from (select x.product_id, x.name, search.number_step(x.value) as step
          from search.numbers_of(products) as x) as n
$$;

comment on function search.tokens_of is
    'what products may be filtered by: attributes and options, name=value,'
    ' and numbers, ~name~range';
