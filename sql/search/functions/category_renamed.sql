create or replace function search.category_renamed()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    products bigint[];
begin
    update search.key k set label = search.category_label(new)
        where k.store_id = new.store_id and k.token = '/' || new.id;
    if old.translations <> new.translations then
        products := array(
            select distinct q.product_id from catalog.place q
            where q.category_id in (select c.id from catalog.category c
                                    where c.path @> array[new.id])
            order by q.product_id);
        perform catalog.hold(products);
        perform search.index(products);
    end if;
    return null;
end
$$;

comment on function search.category_renamed is
    'trigger: suggestions know a category by its names, and texts of products'
    ' hold those in other languages; catalog.render() sees to the first one';

create or replace trigger category_renamed
    after update on catalog.category
    for each row when (old.name <> new.name
                       or old.translations <> new.translations)
    execute function search.category_renamed();
