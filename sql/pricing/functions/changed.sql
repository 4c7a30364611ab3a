create or replace function pricing.changed()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    stores bigint[];
    store bigint;
begin
    if tg_table_name = 'list_group' then
        stores := array(select distinct l.store_id from changed c
                        join pricing.price_list l on l.id = c.list_id);
    elsif tg_table_name = 'promotion_group' then
        stores := array(select distinct p.store_id from changed c
                        join pricing.promotion p on p.id = c.promotion_id);
    else
        stores := array(select distinct c.store_id from changed c);
    end if;
    foreach store in array array(select s from unnest(stores) as s order by s)
    loop
        perform pricing.render_active(store);
    end loop;
    return null;
end
$$;

comment on function pricing.changed is
    'trigger: promotions or price lists have changed';

create or replace trigger pricing_changed_insert
    after insert on pricing.price_list referencing new table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_update
    after update on pricing.price_list referencing new table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_delete
    after delete on pricing.price_list referencing old table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_insert
    after insert on pricing.list_group referencing new table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_update
    after update on pricing.list_group referencing new table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_delete
    after delete on pricing.list_group referencing old table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_insert
    after insert on pricing.promotion referencing new table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_update
    after update on pricing.promotion referencing new table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_delete
    after delete on pricing.promotion referencing old table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_insert
    after insert on pricing.promotion_group referencing new table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_update
    after update on pricing.promotion_group referencing new table as changed
    for each statement execute function pricing.changed();

create or replace trigger pricing_changed_delete
    after delete on pricing.promotion_group referencing old table as changed
    for each statement execute function pricing.changed();

create or replace trigger gift_entry_append_only
    before update or delete or truncate on pricing.gift_entry
    for each statement execute function ops.append_only();
