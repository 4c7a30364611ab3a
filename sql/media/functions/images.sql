create or replace function media.images(store bigint, ref text, actor uuid,
        manager boolean, size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    product catalog.product := media.product_of(store, ref, actor, manager);
    place text := api.cursor_decode(after);
begin
    if place !~ '^[0-9]{1,9}\.[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select i.position, i.id, media.image_json(i) as json,
               row_number() over (order by i.position, i.id) as n
        from catalog.image i
        where i.product_id = product.id
        and (place is null or (i.position, i.id)
             > (split_part(place, '.', 1)::int,
                split_part(place, '.', 2)::bigint))
        order by i.position, i.id limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(page.json order by page.n)
                          filter (where page.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            (array_agg(page.position || '.' || page.id order by page.n))
                [size]) end)::text
    from page;
end
$$;

comment on function media.images is 'GET /products/{id}/images';
