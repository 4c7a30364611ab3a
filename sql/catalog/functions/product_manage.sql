create or replace function catalog.product_manage(store bigint, actor uuid,
        manager boolean, wanted text, kind text, words text, sku text,
        size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(after);
    type bigint := catalog.type_find(store, kind);
    only_own boolean := not catalog.may_change(null, actor, manager);
begin
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    if type is null and kind is not null then
        perform api.fail('PR422', 'There is no such product type.', 'type');
    end if;
    return query
    with page as (
        select p.*, row_number() over (order by p.id desc) as n
        from catalog.product p
        where p.store_id = store and p.deleted_at is null
        and (place is null or p.id < place::bigint)
        and (not only_own or p.seller_id = actor)
        and (wanted is null or p.status = wanted)
        and (kind is null or p.type_id = type)
        and (words is null or p.name ilike '%' || replace(replace(replace(
             words, '\', '\\'), '%', '\%'), '_', '\_') || '%')
        and (sku is null or p.id in (
             select v.product_id from catalog.variant v
             where v.store_id = store and v.sku = product_manage.sku
             and v.deleted_at is null))
        order by p.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(json_build_object(
            'id', p.id::text,
            'slug', p.slug,
            'name', p.name,
            'status', p.status,
            'type', catalog.type_ref(p.type_id),
            'category', catalog.category_ref(p.category_id),
            'seller_id', p.seller_id,
            'skus', (select json_agg(v.sku order by v.position, v.id)
                     from catalog.variant v
                     where v.product_id = p.id and v.deleted_at is null),
            'stores', (select coalesce(json_agg(s.code order by q.home desc,
                                                s.code), '[]')
                       from catalog.place q
                       join store.store s on s.id = q.store_id
                       where q.product_id = p.id),
            'tags', p.tags,
            'version', p.version,
            'published_at', api.time(p.published_at),
            'publish_at', api.time(p.publish_at),
            'unpublish_at', api.time(p.unpublish_at),
            'created_at', api.time(p.created_at),
            'updated_at', api.time(p.updated_at)) order by p.n)
            filter (where p.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            min(p.id) filter (where p.n <= size)::text) end)::text
    from page p;
end
$$;

comment on function catalog.product_manage is
    'GET /products/manage: products in every state, the newest first; sellers'
    ' see their own';
