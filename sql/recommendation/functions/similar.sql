create or replace function recommendation.similar(product bigint,
        store bigint, money text, size int)
    returns bigint[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    own search.entry;
    category bigint;
begin
    select e.* into own from search.entry e
        where e.product_id = product and e.store_id = store
        and e.currency = money;
    select p.category_id into category from catalog.place p
        where p.product_id = product and p.store_id = store;
    return array(
        select e.product_id
        from unnest(recommendation.neighbours(product, category)) as n (id)
        join search.entry e on e.product_id = n.id and e.store_id = store
            and e.currency = money
        cross join lateral (
            select count(*) as n from unnest(e.tokens) as t (token)
            where t.token = any (own.tokens)) as shared
        order by (own.category_path = e.category_path)::int * 6
            + shared.n * 2
            + (e.price between own.price / 2 and own.price * 2)::int * 3
            + e.in_stock::int * 4 desc,
            e.rating desc, e.product_id desc
        limit size);
end
$$;

comment on function recommendation.similar is
    'what is most like a product: category, attributes, price, in stock; the'
    ' best rated of equals';
