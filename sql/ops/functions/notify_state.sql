create or replace function ops.notify_state()
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select pg_notify('shop_node', 'state')
$$;

comment on function ops.notify_state is
    'every node loads stores and roles again';
