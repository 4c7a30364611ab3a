create or replace function inventory.stock_listed()
    returns trigger
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform inventory.show_products(array(
        select distinct r.product_id from rows r order by 1));
    if tg_op = 'DELETE' then
        delete from inventory.shown h
        using rows r
        where h.product_id = r.product_id
        and not exists (select from inventory.stock s
                        where s.product_id = r.product_id);
    end if;
    return null;
end
$$;

comment on function inventory.stock_listed is
    'trigger: stock of new and of removed variants';

create or replace trigger stock_listed
    after insert on inventory.stock
    referencing new table as rows
    for each statement execute function inventory.stock_listed();

create or replace trigger stock_unlisted
    after delete on inventory.stock
    referencing old table as rows
    for each statement execute function inventory.stock_listed();
