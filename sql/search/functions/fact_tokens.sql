drop function if exists search.fact_tokens(bigint[]);

create or replace function search.fact_tokens(products bigint[])
    returns table (store_id bigint, product_id bigint, token text,
        label text, place bigint, found boolean, shown boolean)
    language plpgsql stable rows 1000
as $$
#variable_conflict use_column
begin
    return query
    select e.store_id, e.product_id, t.token, t.label, t.place, true, t.shown
    from (select distinct on (f.product_id, f.store_id) f.*
          from search.entry f where f.product_id = any (products)
          order by f.product_id, f.store_id, f.currency) as e
    cross join lateral (
        select u.token, u.label, null::bigint as place,
               u.token like '%=%' or u.token like '~%' as shown
        from unnest(e.tokens, e.labels) as u (token, label)
        where u.token not like '$%'
        union all
        select '/' || c.id, '', c.place, false
        from unnest(e.category_path) with ordinality as c (id, place)
        union all
        select '%' || mod(e.product_id, 256), '', null, false
        union all
        select '!', '', null, false where not e.in_stock) as t
    union all
    select e.store_id, e.product_id, x.token, '', null, not x.shown, x.shown
    from search.entry e
    cross join lateral (
        select e.currency || '~' || width_bucket(e.price,
                                                 search.price_steps()), false
        union all
        select e.currency || u, true from unnest(e.tokens) as u
        where u like '$%') as x (token, shown)
    where e.product_id = any (products);
end
$$;

comment on function search.fact_tokens is
    'what facts are found by and what facets count, after the entries of the'
    ' products; place: on the way to the category';
