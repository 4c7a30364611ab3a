create or replace function catalog.price_converted()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- what it makes comes here again
    if not exists (select from store.conversion c where c.convert)
       or not exists (select from new_rows n where not n.converted)
    then
        return null;
    end if;
    with own as materialized (
        select n.variant_id, n.currency, n.amount, n.compare_at, v.store_id
        from new_rows n
        join catalog.variant v on v.id = n.variant_id
        where not n.converted
    ), ways as materialized (
        select s.id as store_id, s.currency as base, c.*
        from store.store s
        cross join lateral store.conversions(s.id) as c
        where s.id in (select o.store_id from own o)
    )
    insert into catalog.price as p (variant_id, currency, amount, compare_at,
                                    converted)
    select o.variant_id, w.currency,
           store.converted(o.amount, w.rate, w.digits, w.step, w.ending),
           store.converted(o.compare_at, w.rate, w.digits, w.step, w.ending),
           true
    from own o
    join ways w on w.store_id = o.store_id and w.base = o.currency
    order by o.variant_id, w.currency
    on conflict (variant_id, currency) do update
    set amount = excluded.amount, compare_at = excluded.compare_at
    where p.converted;
    return null;
end
$$;

comment on function catalog.price_converted is
    'trigger: converted prices follow those of the store''s own currency';

create or replace trigger price_added
    after insert on catalog.price referencing new table as new_rows
    for each statement execute function catalog.price_converted();

create or replace trigger price_changed
    after update on catalog.price referencing new table as new_rows
    for each statement execute function catalog.price_converted();
