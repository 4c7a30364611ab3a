create or replace function pricing.place_of(p_cursor text)
    returns bigint
    language plpgsql immutable
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

comment on function pricing.place_of is 'the id that a cursor stands for';
