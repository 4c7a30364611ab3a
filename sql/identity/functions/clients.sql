create or replace function identity.clients(page_size integer, cursor text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    page constant integer := coalesce(page_size, 20);
    after text := api.cursor_decode(cursor);
    items jsonb;
    last uuid;
begin
    if after !~ '^[0-9a-f-]{36}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;

    select jsonb_agg(identity.client_body(c) order by c.id),
           (array_agg(c.id order by c.id desc))[1]
    into items, last
    from (select k.* from identity.client k
          where after is null or k.id > after::uuid
          order by k.id
          limit page) as c;

    return query select jsonb_build_object(
        'items', coalesce(items, '[]'),
        'next_cursor', case when exists
            (select from identity.client k where k.id > last)
            then api.cursor_encode(last::text) end)::text;
end
$$;

comment on function identity.clients is 'GET /oauth-clients';
