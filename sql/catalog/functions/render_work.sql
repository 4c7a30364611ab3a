create or replace function catalog.render_work(size int)
    returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    r catalog.rendering;
    products bigint[];
    done boolean;
begin
    select o.* into r from catalog.rendering o
        order by o.id limit 1 for update skip locked;
    if not found then
        return 0;
    end if;
    if exists (select from catalog.category c
               where c.id = r.category_id and c.removed)
    then
        done := catalog.category_emptied(r.category_id, size);
    else
        products := catalog.products_below(r.category_id, r.type_id,
                                           r.store_id, r.place, size);
        perform catalog.hold(products);
        perform catalog.render(products);
        perform catalog.drop_products(products);
        done := cardinality(products) < size;
    end if;
    if done then
        delete from catalog.rendering o where o.id = r.id;
    else
        update catalog.rendering o set place = coalesce(products[size], 0)
            where o.id = r.id;
    end if;
    return 1;
end
$$;

comment on function catalog.render_work is
    'goes on rendering what shows a category, type or store that changed, and'
    ' emptying a category that was removed, so many products a step; 0 when'
    ' nothing is left';
