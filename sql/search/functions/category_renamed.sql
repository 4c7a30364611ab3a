create or replace function search.category_renamed()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    update search.key k set label = search.category_label(new)
        where k.store_id = new.store_id and k.token = '/' || new.id;
    return null;
end
$$;

comment on function search.category_renamed is
    'trigger: suggestions know a category by its names; what products show of'
    ' them catalog.category_moved() sees to';

create or replace trigger category_renamed
    after update on catalog.category
    for each row when (old.name <> new.name
                       or old.translations <> new.translations)
    execute function search.category_renamed();
