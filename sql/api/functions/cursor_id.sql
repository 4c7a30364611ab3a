create or replace function api.cursor_id(p_cursor text)
    returns bigint
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(p_cursor);
begin
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return place::bigint;
end
$$;

comment on function api.cursor_id is
    'the id behind which a list goes on; null: at its beginning';
