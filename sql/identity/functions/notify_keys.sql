create or replace function identity.notify_keys()
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select pg_notify('shop_node', 'keys')
$$;

comment on function identity.notify_keys is
    'every worker of every node forgets what it knows of API keys';
