create or replace function catalog.category_tags(category catalog.category)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select concat_ws(' ', 'catalog:' || category.store_id,
            (select string_agg('product:' || p.id, ' ') from (
                select p.id from catalog.product p
                join catalog.category c on c.id = p.category_id
                where c.path @> array[category.id] and p.deleted_at is null
                limit 1000) as p))
    );
end
$$;

comment on function catalog.category_tags is
    'cache tags of what shows a category';
