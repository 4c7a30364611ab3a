create or replace function search.entries_of(products bigint[])
    returns table (product_id bigint, currency text, store_id bigint,
        category_path bigint[], tokens text[], labels text[],
        in_stock boolean, price bigint, newest bigint, rating bigint, card text)
    language plpgsql stable rows 1000
as $$
#variable_conflict use_column
begin
    return query
    with token as materialized (
        select x.product_id, array_agg(x.token order by x.token) as tokens,
               array_agg(x.label order by x.token) as labels
        from search.tokens_of(products) as x
        group by 1
    ), offer as materialized (
        select distinct on (f.product_id, f.store_id, f.currency)
               f.product_id, f.store_id, f.currency, f.category_path,
               g.shown as price, f.compare_at, f.variants
        from catalog.offer f
        cross join lateral (select coalesce(f.public, f.price)) as g (shown)
        where f.product_id = any (products)
        order by f.product_id, f.store_id, f.currency, g.shown, f.variant_id
    ), product as materialized (
        select p.id,
               (extract(epoch from coalesce(p.published_at, p.created_at))
                   * 1000000)::bigint as newest,
               case when p.rating_count > 0 then
                   p.rating_sum * 1000000 / p.rating_count + p.rating_count
                   else 0 end as rating,
               coalesce((select bool_or(s.shown > 0) from inventory.stock s
                         where s.product_id = p.id), false) as in_stock,
               concat('{"id" : "', p.id, '", "slug" : "', p.slug,
                      '", "name" : ', to_json(p.name)) as head,
               concat('"images" : ', (
                       select coalesce(json_agg(i.image), '[]') from (
                           select json_build_object('url', g.url, 'alt', g.alt,
                               'width', g.width, 'height', g.height, 'srcset',
                               media.srcset(g.url, g.width)) as image
                           from catalog.picture g where g.product_id = p.id
                           order by g.position, g.id limit 2) as i),
                   ', "rating" : ', case when p.rating_count = 0
                       then (select catalog.rating('{0,0,0,0,0}')::text)
                       else catalog.rating(p.rating_counts)::text end)
                   as shown,
               concat('"seller_id" : ', coalesce('"' || p.seller_id || '"',
                                                 'null'),
                   ', "created_at" : "', api.time(p.created_at),
                   '", "updated_at" : "', api.time(p.updated_at), '"')
                   as tail
        from catalog.product p where p.id = any (products)
    )
    select p.id, o.currency, o.store_id, o.category_path,
           t.tokens || ('$' || search.price_range(o.price, m.exponent))
               || n.tokens,
           t.labels || ''::text || array_fill(''::text,
               array[cardinality(n.tokens)]),
           p.in_stock, o.price, p.newest, p.rating,
           concat(p.head,
               ', "category" : ', coalesce((
                   select json_build_object('id', c.id::text, 'slug', c.slug,
                              'name', c.name)::text
                   from catalog.category c
                   where c.id = o.category_path[cardinality(
                       o.category_path)]), 'null'),
               ', "price" : ', api.money_text(o.price, o.currency),
               ', "compare_at_price" : ',
               coalesce(api.money_text(o.compare_at, o.currency), 'null'),
               ', ', p.shown, ', "variants" : ', o.variants, ', ', p.tail,
               ', "in_stock" : ')
    from offer o
    join product p on p.id = o.product_id
    join api.currency m on m.code = o.currency
    left join token t on t.product_id = o.product_id
    cross join lateral (
        select array(
            select '#' || l.id from catalog.collection_product x
            join catalog.collection l on l.id = x.collection_id
            where x.product_id = o.product_id and l.store_id = o.store_id
            and l.published order by l.id) as tokens
        offset 0) as n
    order by p.id, o.store_id, o.currency;
end
$$;

comment on function search.entries_of is
    'rows of search.entry, one a store and currency that has a price';
