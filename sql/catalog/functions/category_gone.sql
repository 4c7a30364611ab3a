create or replace function catalog.category_gone(category catalog.category)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- the last of those below, removed as well, sees to this one again
    if exists (select from catalog.category c
               where c.store_id = category.store_id
               and c.parent_id = category.id)
    then
        return;
    end if;
    delete from search.facet_count f
        where f.store_id = category.store_id and f.category_id = category.id;
    delete from search.facet f
        where f.store_id = category.store_id and f.category_id = category.id;
    delete from catalog.category c where c.id = category.id;
    insert into catalog.rendering (category_id, place)
    select c.id, 0 from catalog.category c
    where c.id = category.parent_id and c.removed
    and not exists (select from catalog.rendering r
                    where r.category_id = c.id);
end
$$;

comment on function catalog.category_gone is
    'deletes a removed category that has no products any more, when nothing is'
    ' below it';
