drop function if exists search.numbers_of(bigint);

create or replace function search.numbers_of(products bigint[])
    returns table (product_id bigint, name text, value numeric)
    language sql stable
as $$
    select p.id, a.key, (a.value #>> '{}')::numeric
    from catalog.product p
    cross join lateral jsonb_each(p.attributes) as a
    left join catalog.attribute t on t.type_id = p.type_id and t.code = a.key
    where p.id = any (products) and jsonb_typeof(a.value) = 'number'
    and coalesce(t.filterable, true)
    and length(a.key) <= 60 and strpos(a.key, '~') = 0
    and strpos(a.key, '=') = 0
$$;

comment on function search.numbers_of is
    'attributes of products that are numbers';
