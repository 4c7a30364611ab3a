drop function if exists recommendation.show(bigint, text, text, int);

create or replace function recommendation.show(store bigint, ref text,
        currency text, size int, locale text)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    product bigint := review.product_of(store, ref);
    money text := wishlist.currency_of(store, currency);
    together bigint[] := recommendation.together(product, store, money, size);
begin
    return query select format('{"bought_together": %s, "similar": %s}',
        recommendation.cards(together, store, money, locale),
        recommendation.cards(recommendation.similar(product, store, money,
                                                    size),
                             store, money, locale)),
        format('product:%s catalog:%s%s', product, store, s.shows)
        from store.store s where s.id = store;
end
$$;

comment on function recommendation.show is
    'GET /products/{id}/recommendations';
