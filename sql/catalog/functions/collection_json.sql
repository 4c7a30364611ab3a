create or replace function catalog.collection_json(c catalog.collection,
        locale text default null)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    words jsonb := c.translations -> locale;
    shown bigint := (
        select f.products from store.store s
        join search.facet_count f on f.store_id = s.id and f.category_id = 0
            and f.currency = s.currency and f.token = '#' || c.id
        where s.id = c.store_id);
begin
    return json_build_object(
        'id', c.id::text,
        'slug', c.slug,
        'name', coalesce(words ->> 'name', c.name),
        'description', coalesce(words ->> 'description', c.description),
        'image', c.image,
        'kind', c.kind,
        'rule', c.rule,
        'sort', c.sort,
        'published', c.published,
        'position', c.position,
        'product_count', coalesce(shown, 0),
        'filling', c.filled_to is not null,
        'seo', c.seo || coalesce(words -> 'seo', '{}'),
        'metadata', c.metadata,
        'created_at', api.time(c.created_at),
        'updated_at', api.time(c.updated_at))::text;
end
$$;

comment on function catalog.collection_json is
    'a collection; product_count counts what is for sale';
