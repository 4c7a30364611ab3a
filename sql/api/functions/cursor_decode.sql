create or replace function api.cursor_decode(value text)
    returns text
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
begin
    if value is null then
        return null;
    end if;
    return convert_from(
        decode(translate(value, '-_', '+/')
               || repeat('=', (4 - length(value) % 4) % 4), 'base64'),
        'UTF8');
exception when others then
    perform api.fail('ZZ422', 'This cursor was not given by this list.',
                     'cursor');
end
$$;

comment on function api.cursor_decode is
    'the value of a cursor; refuses with ZZ422 what cursor_encode never gave';
