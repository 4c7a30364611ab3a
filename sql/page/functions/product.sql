create or replace function page.product(store bigint, actor uuid, ref text,
                                        base text)
    returns setof page.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    product json;
    path text;
    parts text;
begin
    select p.body::json into product
        from catalog.product_show(store, ref, null, null, null, false) as p;
    if product is null then
        return query select * from page.plain(store, actor, base, 'not-found');
        return;
    end if;
    path := '/products/' || (product ->> 'slug');
    if product ->> 'slug' <> ref then
        return next page.moved(301, path);
        return;
    end if;
    parts := ', "product": ' || product
        || ', "reviews": ' || page.reviews(store, product ->> 'id')
        || ', "similar": ' || page.products(store,
               category => product -> 'category' ->> 'slug',
               sort => 'rating', size => 5);
    return next page.make(store, actor, 'product',
        coalesce(product -> 'seo' ->> 'title', product ->> 'name'), path,
        coalesce(product -> 'seo' ->> 'description',
                 page.excerpt(product ->> 'description')),
        parts, product -> 'images' -> 0 ->> 'url',
        json_build_array(
            page.ld_product(product, base),
            page.ld_breadcrumbs(product -> 'category', product ->> 'name',
                                path, base)),
        robots => nullif(product -> 'seo' ->> 'robots', 'index'),
        tags => 'product:' || (product ->> 'id'),
        srcset => product -> 'images' -> 0 ->> 'srcset');
end
$$;

comment on function page.product is
    'a product by its slug; by its id or a former slug it moves there';
