create or replace function review.queue(store bigint, actor uuid,
        manager boolean, state text, ref text, stars int, reported boolean,
        size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
declare
    place bigint := review.place_of(after);
    everyone boolean := catalog.may_change(null, actor, manager);
    product bigint;
begin
    if ref is not null then
        product := coalesce(case when ref ~ '^[0-9]{1,18}$' then ref::bigint
            else catalog.product_of_slug(store, ref) end, -1);
    end if;
    return query
    with page as (
        select r as row, row_number() over (order by r.id desc) as n
        from review.review r
        where r.store_id = store and r.id < place
        and (state is null or r.status = state)
        and (product is null or r.product_id = product)
        and (stars is null or r.rating = stars)
        and (reported is null or (r.reports > 0) = reported)
        and (everyone or exists (
            select from catalog.product p
            where p.id = r.product_id and p.seller_id = actor))
        order by r.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(review.body(p.row, 'staff') order by n)
                          filter (where n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            (min((p.row).id) filter (where n <= size))::text) end)::text
    from page p;
end
$$;

comment on function review.queue is
    'GET /reviews: reviews in every state for the staff, the newest first; a'
    ' seller sees those of its own products';
