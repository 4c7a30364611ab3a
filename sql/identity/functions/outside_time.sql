create or replace function identity.outside_time(facts jsonb)
    returns timestamptz
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (select to_timestamp(t.said::bigint / 1000.0)
         from (values (facts -> 'data' ->> 'updated_at'),
                      (facts ->> 'timestamp')) as t (said)
         where t.said ~ '^[0-9]{1,14}$'
         limit 1),
        now())
$$;

comment on function identity.outside_time is
    'when what a webhook tells was so: milliseconds of the issuer''s clock';
