create or replace function catalog.category_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    products bigint[];
begin
    -- those below take their path again; each of them ends here, too
    if new.path <> old.path then
        update catalog.category c set parent_id = new.id
            where c.store_id = new.store_id and c.parent_id = new.id;
    end if;
    -- the one that was moved sees to the products of all below it
    if (new.name, new.slug) = (old.name, old.slug)
       and new.parent_id is not distinct from old.parent_id
    then
        return null;
    end if;
    products := array(
        select distinct p.id from catalog.place q
        join catalog.product p on p.id = q.product_id
            and p.deleted_at is null
        where q.category_id in (select c.id from catalog.category c
                                where c.path @> array[new.id])
        order by p.id);
    perform catalog.hold(products);
    perform catalog.render(products);
    return null;
end
$$;

comment on function catalog.category_moved is
    'trigger: products show the name and place of their category';

create or replace trigger category_moved
    after update on catalog.category
    for each row when ((old.path, old.name, old.slug)
                       is distinct from (new.path, new.name, new.slug))
    execute function catalog.category_moved();
