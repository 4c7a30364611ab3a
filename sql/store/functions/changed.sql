create or replace function store.changed()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform ops.notify_state();
    return null;
end
$$;

comment on function store.changed is
    'trigger: every node loads the stores again';

create or replace trigger store_changed
    after insert or delete or update of code, currency, is_default,
        locales, cart_lines, cart_days, guest_cart_days
    on store.store
    for each statement execute function store.changed();

create or replace trigger host_changed
    after insert or update or delete on store.host
    for each statement execute function store.changed();

create or replace trigger origin_changed
    after insert or update or delete on store.origin
    for each statement execute function store.changed();
