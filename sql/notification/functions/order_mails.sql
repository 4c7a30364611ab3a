create or replace function notification.order_mails(p_events jsonb)
    returns integer
    language plpgsql volatile
as $$
declare
    made integer;
begin
    -- a delivery knows its event: no other inbox is needed
    with event as (
        select (e ->> 'id')::uuid as id, e ->> 'type' as type, e -> 'data' as d,
               notification.template_of(e ->> 'type') as template
        from jsonb_array_elements(p_events) as e
    ), mail as materialized (
        select e.id, e.template, o.id as order_id, o.store_id, o.email,
               coalesce((select a.locale from identity.account a
                         where a.id = o.user_id), '') as locale,
               jsonb_strip_nulls(jsonb_build_object(
                   'path', '/orders/' || o.id,
                   'expired', e.d ->> 'reason' = 'expired',
                   'refunded', (e.d ->> 'refunded')::bigint,
                   'comes_back', case when e.type = 'order.cancelled' then (
                       select p.captured - p.refunded from payment.payment p
                       where p.id = o.payment_id and p.captured > p.refunded)
                   end)) as data
        from event e
        cross join lateral (
            select * from "order".orders o
            where o.id = (e.d ->> 'order_id')::uuid offset 0
        ) as o
        where e.template is not null and o.email is not null
            and (e.type <> 'order.created' or exists (
                select from payment.payment p
                where p.id = (e.d ->> 'payment_id')::uuid
                    and p.provider = 'offline'))
    ), speech as materialized (
        select k.template, k.locale, k.store_id, notification.language(
                   k.template, k.locale, k.store_id) as language
        from (select distinct m.template, m.locale, m.store_id
              from mail m) as k
    )
    insert into notification.delivery (event_id, template, store_id,
        recipient, language, order_id, data)
    select m.id, m.template, m.store_id, m.email, s.language, m.order_id,
           m.data
    from mail m
    join speech s on s.template = m.template and s.locale = m.locale
        and s.store_id = m.store_id
    order by m.id
    on conflict (event_id, template) do nothing;
    get diagnostics made = row_count;
    return made;
end
$$;

comment on function notification.order_mails is
    'makes the mails that events of orders ask for, each once; the worker'
    ' writes them from the orders';
