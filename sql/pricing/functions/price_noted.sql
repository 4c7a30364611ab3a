create or replace function pricing.price_noted()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pricing.note(array(select distinct n.variant_id from changed n));
    return null;
end
$$;

comment on function pricing.price_noted is
    'trigger: prices that have changed';

create or replace trigger price_noted_insert
    after insert on catalog.price referencing new table as changed
    for each statement execute function pricing.price_noted();

create or replace trigger price_noted_update
    after update on catalog.price referencing new table as changed
    for each statement execute function pricing.price_noted();
