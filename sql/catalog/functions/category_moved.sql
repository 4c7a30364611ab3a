create or replace function catalog.category_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- those below take their path again; each of them ends here, too
    if new.path <> old.path then
        update catalog.category c set parent_id = new.id
            where c.store_id = new.store_id and c.parent_id = new.id;
    end if;
    -- the one that was moved sees to the products of all below it
    if (new.name, new.slug, new.translations)
           is distinct from (old.name, old.slug, old.translations)
       or new.parent_id is distinct from old.parent_id
    then
        perform catalog.render_below(new.id, null);
    end if;
    return null;
end
$$;

comment on function catalog.category_moved is
    'trigger: products show the name and place of their category';

create or replace trigger category_moved
    after update on catalog.category
    for each row when (
        (old.path, old.name, old.slug, old.translations)
        is distinct from (new.path, new.name, new.slug, new.translations))
    execute function catalog.category_moved();
