create or replace function search.fact_tokens(products bigint[])
    returns table (store_id bigint, product_id bigint, token text, label text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select e.store_id, e.product_id, t.token, t.label
    from (select distinct on (f.product_id, f.store_id) f.*
          from search.entry f where f.product_id = any (products)
          order by f.product_id, f.store_id, f.currency) as e
    cross join lateral (
        select u.token, u.label from unnest(e.tokens, e.labels)
            as u (token, label)
        where u.token not like '$%'
        union all
        select '/' || c, '' from unnest(e.category_path) as c
        union all
        select '%' || mod(e.product_id, 256), ''
        union all
        select '!', '' where not e.in_stock
        union all
        select '^', '' from search.sale s
        where s.product_id = e.product_id and s.best) as t
    union all
    select e.store_id, e.product_id, x.token, ''
    from search.entry e
    cross join lateral (
        select e.currency || '~' || width_bucket(e.price,
                                                 search.price_steps())
        union all
        select e.currency || u from unnest(e.tokens) as u
        where u like '$%') as x (token)
    where e.product_id = any (products)
$$;

comment on function search.fact_tokens is
    'what facts are found by and what facets count, after the entries of the'
    ' products';
