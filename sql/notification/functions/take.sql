create or replace function notification.take(p_events jsonb)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    made integer;
begin
    with event as materialized (
        select (e ->> 'id')::uuid as id, e ->> 'type' as type, e -> 'data' as d
        from jsonb_array_elements(p_events) as e
    ), taken as (
        select t.id from ops.inbox_take('notification',
            array(select event.id from event)) as t (id)
    ), mail as (
        select e.id, m.template, m.store_id, m.email, m.name, m.locale,
               m.data, null::"order".orders as o, e.d
        from event e
        cross join lateral notification.account_mails(e.type, e.d) as m
        where e.type like 'user.%'
        union all
        select e.id, m.template, m.store_id, m.email, m.name, m.locale,
               m.data, null::"order".orders, e.d
        from event e
        join taken t on t.id = e.id
        cross join lateral notification.stock_mails(e.type, e.d) as m
        where e.type like 'stock.%'
        union all
        select e.id, notification.template_of(e.type), (w.o).store_id,
               (w.o).email,
               coalesce((w.o).shipping_address ->> 'name', a.name),
               a.locale, '{}', w.o, e.d
        from event e
        cross join lateral (
            select o from "order".orders o
            where o.id = (e.d ->> 'order_id')::uuid offset 0
        ) as w (o)
        cross join lateral (
            select * from payment.payment p
            where p.id = (w.o).payment_id offset 0
        ) as p
        left join lateral (
            select * from identity.account a where a.id = (w.o).user_id offset 0
        ) as a on true
        where e.type like 'order.%'
            and (e.type <> 'order.created' or p.provider = 'offline')
    ), spoken as (
        select m.*, notification.plain(m.name) as who,
               notification.language(m.template, m.locale, m.store_id) as speaks
        from mail m join taken t on t.id = m.id
        where m.template is not null and m.email is not null
    )
    insert into notification.delivery (event_id, template, store_id,
        recipient, name, language, data)
    select m.id, m.template, m.store_id, m.email, m.who, m.speaks,
           jsonb_build_object('name', m.who) || m.data
           || coalesce(notification.order_data(m.o, m.d, m.speaks), '{}')
    from spoken m
    order by m.id
    on conflict (event_id, template) do nothing;
    get diagnostics made = row_count;
    return made;
end
$$;

comment on function notification.take is
    'makes the mails that a batch of events asks for, each once';
