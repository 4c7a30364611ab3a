create or replace function review.mine(store bigint, actor uuid, size int,
                                       after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := review.place_of(after);
begin
    return query
    with page as (
        select r as row, row_number() over (order by r.id desc) as n
        from review.review r
        where r.user_id = actor and r.store_id = store and r.id < place
        order by r.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(review.body(p.row, 'own') order by n)
                          filter (where n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            (min((p.row).id) filter (where n <= size))::text) end)::text
    from page p;
end
$$;

comment on function review.mine is
    'GET /reviews/mine: what an account has written, the newest first';
