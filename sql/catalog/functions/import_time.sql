create or replace function catalog.import_time(cell text)
    returns timestamptz
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
begin
    return case when cell ~ ('^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}'
                    '(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$')
           then cell::timestamptz end;
exception when datetime_field_overflow or invalid_datetime_format then
    return null;
end
$$;

comment on function catalog.import_time is
    'a cell as a time, of UTC if it does not say; null: it is none';
