create or replace function search.missed(store bigint, query text)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into search.missed as m (store_id, day, query, times, last_at)
    select store, (now() at time zone 'UTC')::date,
           left(search.normal(query), 200), 1, now()
    where search.normal(query) <> ''
    on conflict (store_id, day, query) do update
    set times = m.times + 1, last_at = now()
$$;

comment on function search.missed is 'writes down a query that found nothing';
