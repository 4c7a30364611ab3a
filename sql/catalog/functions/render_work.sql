create or replace function catalog.render_work(size int)
    returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    r catalog.rendering;
    next bigint[];
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
    elsif r.products is not null then
        perform catalog.hold(r.products);
        perform search.index(r.products);
        perform catalog.drop_products(r.products);
        done := true;
    else
        next := catalog.products_below(r.category_id, r.type_id, r.store_id,
                                       r.place, size);
        perform catalog.hold(next);
        perform catalog.render(next);
        perform catalog.drop_products(next);
        done := cardinality(next) < size;
    end if;
    if done then
        delete from catalog.rendering o where o.id = r.id;
    else
        update catalog.rendering o set place = coalesce(next[size], 0)
            where o.id = r.id;
    end if;
    return 1;
end
$$;

comment on function catalog.render_work is
    'goes on rendering what shows a category, type or store that changed,'
    ' emptying a category that was removed and indexing members of collections,'
    ' so many products a step; 0 when nothing is left';
