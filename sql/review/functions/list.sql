create or replace function review.list(store bigint, ref text, size int,
                                       after text)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    part text[] := string_to_array(api.cursor_decode(after), '|');
    product catalog.product;
begin
    if array_to_string(part, '|') !~ '^[0-9]{1,18}\|[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    select p.* into product from catalog.product p
        where p.id = coalesce(
            case when ref ~ '^[0-9]{1,18}$' then ref::bigint end,
            (select s.id from catalog.product s where s.store_id = store
             and s.slug = ref and s.deleted_at is null))
        and p.store_id = store and p.deleted_at is null
        and p.status = 'published';
    if not found then
        perform api.fail('PR404', 'There is no such product.');
    end if;
    return query
    with page as (
        select r.*, (extract(epoch from r.created_at) * 1000000)::bigint as at,
               row_number() over (order by r.created_at desc, r.id desc) as n
        from review.review r
        where r.product_id = product.id and r.status = 'published'
        and (part is null or (r.created_at, r.id)
             < (timestamptz 'epoch' + part[1]::bigint * interval '1 us',
                part[2]::bigint))
        order by r.created_at desc, r.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(json_build_object(
            'id', page.id::text,
            'rating', page.rating,
            'title', page.title,
            'body', page.body,
            'author', page.author,
            'verified', page.verified,
            'created_at', api.time(page.created_at)) order by n)
            filter (where n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            max(page.at || '|' || page.id) filter (where n = size)) end,
        'rating', catalog.rating(product.rating_sum,
                                 product.rating_count))::text,
        'product:' || product.id
    from page;
end
$$;

comment on function review.list is
    'GET /products/{id}/reviews: the newest first';
