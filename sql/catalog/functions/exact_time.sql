create or replace function catalog.exact_time(at timestamptz)
    returns text
    language sql stable
as $$
    select (to_jsonb(at at time zone 'UTC') #>> '{}') || 'Z'
$$;

comment on function catalog.exact_time is
    'a time in UTC to its last digit, for files that come back';
