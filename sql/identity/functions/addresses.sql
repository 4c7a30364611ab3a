create or replace function identity.addresses(account uuid, page_size integer,
        cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    page constant integer := coalesce(page_size, 20);
    after text := api.cursor_decode(cursor);
    items jsonb;
    last bigint;
begin
    if after !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;

    select jsonb_agg(identity.address_body(a) order by a.id), max(a.id)
    into items, last
    from (select b.* from identity.address b
          where b.user_id = account and b.id > coalesce(after::bigint, 0)
          order by b.id
          limit page) as a;

    return query select jsonb_build_object(
        'items', coalesce(items, '[]'),
        'next_cursor', case when exists
            (select from identity.address b
             where b.user_id = account and b.id > last)
            then api.cursor_encode(last::text) end)::text;
end
$$;

comment on function identity.addresses is
    'GET /users/me/addresses, in the order they were added';
