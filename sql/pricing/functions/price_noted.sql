create or replace function pricing.price_noted()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into pricing.history (variant_id, currency, amount)
    select n.variant_id, n.currency, n.amount
    from changed n
    where n.amount is distinct from (
        select h.amount from pricing.history h
        where h.variant_id = n.variant_id and h.currency = n.currency
        order by h.at desc limit 1)
    on conflict (variant_id, currency, at) do update
    set amount = excluded.amount;
    return null;
end
$$;

comment on function pricing.price_noted is
    'trigger: prices that have changed; of two changes in a transaction the'
    ' last';

create or replace trigger price_noted_insert
    after insert on catalog.price referencing new table as changed
    for each statement execute function pricing.price_noted();

create or replace trigger price_noted_update
    after update on catalog.price referencing new table as changed
    for each statement execute function pricing.price_noted();
