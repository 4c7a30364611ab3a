create or replace function review.place_of(after text)
    returns bigint
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text := api.cursor_decode(after);
begin
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return coalesce(place::bigint, 9223372036854775807);
end
$$;

comment on function review.place_of is
    'the id that a page of a list, the newest first, begins below';
