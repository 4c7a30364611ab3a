create or replace function catalog.reindex(products bigint[],
                                           size int default 1000)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform catalog.hold(products[: size]);
    perform search.index(products[: size]);
    insert into catalog.rendering (products, place)
    select products[n : n + size - 1], 0
    from generate_series(size + 1, cardinality(products), size) as n
    order by n;
end
$$;

comment on function catalog.reindex is
    'indexes products in order whose collections changed: so many at once, the'
    ' rest by catalog.render_work()';
