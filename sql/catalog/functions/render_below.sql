create or replace function catalog.render_below(category bigint,
                                                type bigint,
                                                size int default 1000)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    products bigint[] := catalog.products_below(category, type, 0, size);
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
        for update skip locked);
    insert into catalog.rendering (category_id, type_id, place)
    values (category, type, products[size]);
end
$$;

comment on function catalog.render_below is
    'renders what shows a category (with all below it) or a type, after it'
    ' changed: so many products at once, the rest by catalog.render_work()';
