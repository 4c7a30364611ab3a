create or replace function wishlist.answer(l wishlist.list, status int)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(status, wishlist.body(l)::text, l.version::text,
        case when status = 201 then '/api/v1/wishlists/' || l.id end,
        null, null)::api.answer
$$;

comment on function wishlist.answer is 'the answer of a write to a list';
