drop function if exists catalog.category_json(catalog.category, boolean);

create or replace function catalog.category_json(category catalog.category,
        deep boolean default true, locale text default null)
    returns json
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    tree json := (catalog.category_tree(category.store_id,
                                        array[category.id], locale,
                                        true))[1];
begin
    if deep then
        return tree;
    end if;
    return (tree::jsonb || '{"children": null}')::json;
end
$$;

comment on function catalog.category_json is
    'a category with those below it';
