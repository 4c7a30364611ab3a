create or replace function catalog.category_json(category catalog.category,
                                                 deep boolean default true)
    returns json
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object(
        'id', category.id::text,
        'slug', category.slug,
        'name', category.name,
        'description', category.description,
        'image', category.image,
        'parent_id', category.parent_id::text,
        'position', category.position,
        'product_count', coalesce((
            select max(f.products) from search.facet_count f
            join store.store s on s.id = f.store_id
            where f.store_id = category.store_id
            and f.category_id = category.id and f.currency = s.currency
            and f.token = ''), 0),
        'children', case when deep then coalesce((
            select json_agg(catalog.category_json(c) order by c.position, c.id)
            from catalog.category c
            where c.store_id = category.store_id
            and c.parent_id = category.id), '[]') end)
$$;

comment on function catalog.category_json is
    'a category with those below it';
