create or replace function notification.take(p_events jsonb)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_hashjoin = off
    set enable_mergejoin = off
    set enable_seqscan = off
as $$
declare
    orders jsonb := jsonb_path_query_array(p_events,
        '$[*] ? (@.type starts with "order.")');
    made integer := 0;
    others integer;
begin
    if orders <> '[]' then
        made := notification.order_mails(orders);
        if jsonb_array_length(orders) = jsonb_array_length(p_events) then
            return made;
        end if;
    end if;

    with event as materialized (
        select (e ->> 'id')::uuid as id, e ->> 'type' as type, e -> 'data' as d
        from jsonb_array_elements(p_events) as e
        where e ->> 'type' not like 'order.%'
    ), taken as (
        select t.id from ops.inbox_take('notification',
            array(select event.id from event)) as t (id)
    ), mail as (
        select e.id, m.*
        from event e
        join taken t on t.id = e.id
        cross join lateral (
            select * from notification.account_mails(e.type, e.d)
            where e.type like 'user.%'
            union all
            select * from notification.stock_mails(e.type, e.d)
            where e.type like 'stock.%'
        ) as m
        where m.email is not null
    ), spoken as (
        select m.*, notification.plain(m.name) as who
        from mail m
    )
    insert into notification.delivery (event_id, template, store_id,
        recipient, name, language, data)
    select m.id, m.template, m.store_id, m.email, m.who,
           notification.language(m.template, m.locale, m.store_id),
           jsonb_build_object('name', m.who) || m.data
    from spoken m
    order by m.id
    on conflict (event_id, template) do nothing;
    get diagnostics others = row_count;
    return made + others;
end
$$;

comment on function notification.take is
    'makes the mails that a batch of events asks for, each once';
