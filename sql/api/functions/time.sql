create or replace function api.time(at timestamptz)
    returns text
    language sql stable parallel safe
as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

comment on function api.time is 'RFC 3339 in UTC, to the millisecond';
