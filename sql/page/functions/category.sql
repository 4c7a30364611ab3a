create or replace function page.category(store bigint, actor uuid, ref text,
                                         base text)
    returns setof page.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    found catalog.category;
    path text;
begin
    select c.* into found from catalog.category c
        where c.id = catalog.category_find(store, ref);
    if found.id is null then
        return query select * from page.plain(store, actor, base, 'not-found');
        return;
    end if;
    path := '/categories/' || found.slug;
    if found.slug <> ref then
        return next page.moved(301, path);
        return;
    end if;
    return next page.make(store, actor, 'listing',
        coalesce(found.seo ->> 'title', found.name), path,
        coalesce(found.seo ->> 'description', page.excerpt(found.description),
                 'All of ' || found.name || '.'),
        ', "category": ' || catalog.category_json(found, false)
        || ', "products": ' || page.products(store, category => found.slug),
        found.image,
        json_build_array(page.ld_breadcrumbs(
            catalog.category_ref(found.id), null, null, base)),
        robots => nullif(found.seo ->> 'robots', 'index'));
end
$$;

comment on function page.category is
    'the products of a category by its slug; by its id or a former slug it'
    ' moves there';
