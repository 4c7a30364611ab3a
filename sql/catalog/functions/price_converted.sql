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
    insert into catalog.price as p (variant_id, currency, amount, compare_at,
                                    converted)
    select n.variant_id, c.currency,
           store.converted(n.amount, c.rate, c.digits, c.step, c.ending),
           store.converted(n.compare_at, c.rate, c.digits, c.step, c.ending),
           true
    from new_rows n
    join catalog.variant v on v.id = n.variant_id
    join store.store s on s.id = v.store_id and s.currency = n.currency
    cross join lateral store.conversions(s.id) as c
    where not n.converted
    order by n.variant_id, c.currency
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
