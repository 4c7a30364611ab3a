create or replace function catalog.product_category(store bigint,
                                                    document jsonb)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    category bigint;
begin
    if document ->> 'category' is null then
        return null;
    end if;
    category := catalog.category_find(store, document ->> 'category');
    if category is null then
        perform api.fail('PR422', 'There is no such category.', '/category');
    end if;
    return category;
end
$$;

comment on function catalog.product_category is
    'the category that a product''s body names by slug or id';
