drop function if exists catalog.render_below(bigint, bigint, int);

create or replace function catalog.render_below(category bigint, type bigint,
        store bigint default null, size int default 1000)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    products bigint[] := catalog.products_below(category, type, store, 0,
                                                size);
begin
    perform catalog.hold(products);
    perform catalog.render(products);
    if cardinality(products) < size then
        return;
    end if;
    -- who goes on with an older one is not waited for
    delete from catalog.rendering r where r.id in (
        select o.id from catalog.rendering o
        where o.category_id = category or o.type_id = type
            or o.store_id = store
        for update skip locked);
    insert into catalog.rendering (category_id, type_id, store_id, place)
    values (category, type, store, products[size]);
end
$$;

comment on function catalog.render_below is
    'renders what shows a category (with all below it), a type or a store, after'
    ' it changed: so many products at once, the rest by catalog.render_work()';
