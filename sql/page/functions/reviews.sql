create or replace function page.reviews(store bigint, product text)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select l.body from review.list(store, product, 6, null) as l
$$;

comment on function page.reviews is 'the latest reviews of a product';
