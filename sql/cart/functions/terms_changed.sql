create or replace function cart.terms_changed()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_level = 'ROW' then
        perform cart.render_terms(new.id);
    elsif tg_table_schema = 'shipping' and tg_table_name = 'rate' then
        perform cart.render_terms(s.id) from (
            select distinct m.store_id as id from changed c
            join shipping.method m on m.id = c.method_id
            order by m.store_id) as s;
    else
        perform cart.render_terms(s.id) from (
            select distinct c.store_id as id from changed c
            order by c.store_id) as s;
    end if;
    return null;
end
$$;

comment on function cart.terms_changed is
    'trigger: taxes or ways to ship have changed';

create or replace trigger terms_changed
    after insert or update of currency, currencies, countries, display_limit,
        tax_included, line_quantity on store.store
    for each row execute function cart.terms_changed();

create or replace trigger terms_changed_insert
    after insert on store.tax_zone referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_update
    after update on store.tax_zone referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_delete
    after delete on store.tax_zone referencing old table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_insert
    after insert on store.tax_area referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_update
    after update on store.tax_area referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_delete
    after delete on store.tax_area referencing old table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_insert
    after insert on store.tax_rate referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_update
    after update on store.tax_rate referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_delete
    after delete on store.tax_rate referencing old table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_insert
    after insert on shipping.zone referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_update
    after update on shipping.zone referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_delete
    after delete on shipping.zone referencing old table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_insert
    after insert on shipping.area referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_update
    after update on shipping.area referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_delete
    after delete on shipping.area referencing old table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_insert
    after insert on shipping.method referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_update
    after update on shipping.method referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_delete
    after delete on shipping.method referencing old table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_insert
    after insert on shipping.rate referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_update
    after update on shipping.rate referencing new table as changed
    for each statement execute function cart.terms_changed();

create or replace trigger terms_changed_delete
    after delete on shipping.rate referencing old table as changed
    for each statement execute function cart.terms_changed();
