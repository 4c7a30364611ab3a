create or replace function search.clean(batch int)
    returns int
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    gone int;
begin
    delete from search.missed m
    where (m.store_id, m.day, m.query) in (
        select o.store_id, o.day, o.query from search.missed o
        where o.day < (now() at time zone 'UTC')::date - 90
        union all
        (select o.store_id, o.day, o.query
         from (select d.*, row_number() over (partition by d.store_id, d.day
                                              order by d.times desc) as n
               from search.missed d
               where d.day >= (now() at time zone 'UTC')::date - 1) as o
         where o.n > 10000)
        limit batch);
    get diagnostics gone = row_count;
    return gone;
end
$$;

comment on function search.clean is
    'forgets queries after 90 days, and what is rare beyond 10,000 a day';
