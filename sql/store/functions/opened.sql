create or replace function store.opened()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into store.tax_class (store_id, code, name)
        values (new.id, new.tax_class, initcap(new.tax_class))
        on conflict do nothing;
    insert into inventory.warehouse (store_id, code, name)
        values (new.id, 'main', 'Main warehouse')
        on conflict do nothing;
    return null;
end
$$;

comment on function store.opened is
    'trigger: a new store has a warehouse and its tax class';

create or replace trigger store_opened
    after insert on store.store
    for each row execute function store.opened();
