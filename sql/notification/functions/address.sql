create or replace function notification.address(address jsonb)
    returns jsonb
    language plpgsql immutable
as $$
#variable_conflict use_column
begin
    return (
        select jsonb_build_object('lines',
            jsonb_agg(notification.one_line(l.line) order by l.place))
        from unnest(array[
            address ->> 'name', address ->> 'line1', address ->> 'line2',
            concat_ws(' ', address ->> 'postal_code', address ->> 'city'),
            concat_ws(', ', address ->> 'region', address ->> 'country')])
            with ordinality as l (line, place)
        where notification.one_line(l.line) is not null
        having count(*) > 0
    );
end
$$;

comment on function notification.address is 'a postal address, line by line';
