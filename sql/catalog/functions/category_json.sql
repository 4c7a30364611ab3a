create or replace function catalog.category_json(category catalog.category,
                                                 deep boolean default true)
    returns json
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    tree json := (catalog.category_tree(category.store_id,
                                        array[category.id]))[1];
begin
    if deep then
        return tree;
    end if;
    return (tree::jsonb || '{"children": null}')::json;
end
$$;

comment on function catalog.category_json is
    'a category with those below it';
