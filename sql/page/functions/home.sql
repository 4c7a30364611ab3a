create or replace function page.home(store bigint, actor uuid, base text)
    returns setof page.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select m.*
    from store.store s
    cross join lateral page.make(store, actor, 'home', null, '/',
        'Shop ' || s.name || ': good things, well chosen.'
        || ' Delivery and tax in the total from the start.',
        ', "products": ' || page.products(store, sort => 'rating', size => 8)
        || ', "newest": ' || page.products(store, sort => 'newest', size => 8),
        s.logo,
        json_build_array(json_build_object(
            '@context', 'https://schema.org',
            '@type', 'WebSite',
            'name', s.name,
            'url', base || '/',
            'potentialAction', json_build_object(
                '@type', 'SearchAction',
                'target', base || '/search?q={q}',
                'query-input', 'required name=q')))) as m
    where s.id = store;
end
$$;

comment on function page.home is 'categories, the best rated and the newest';
