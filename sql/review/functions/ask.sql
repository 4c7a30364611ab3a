create or replace function review.ask(batch integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    with due as (
        delete from review.request q
        where q.order_id = any (array(
            select d.order_id from review.request d where d.due_at <= now()
            order by d.due_at limit batch for update skip locked))
        returning q.*
    ), mail as (
        insert into notification.delivery (event_id, template, store_id,
            recipient, name, language, data)
        select d.event_id, 'review_request', d.store_id, a.email,
               notification.plain(a.name), l.speaks,
               jsonb_build_object('name', notification.plain(a.name),
                   'number', o.number, 'items', i.items,
                   'unsubscribe', true, 'path', '/orders/' || o.id)
        from due d
        join "order".orders o on o.id = d.order_id
        join identity.account a on a.id = d.user_id
            and a.blocked_at is null
        cross join lateral notification.language('review_request', a.locale,
            d.store_id) as l (speaks)
        cross join lateral (
            select jsonb_agg(jsonb_build_object('name', w.name,
                       'slug', w.slug) order by w.place) as items
            from review.wanted(o) as w) as i
        where i.items is not null
        and not exists (select from review.silence s
                        where s.user_id = d.user_id
                        and s.store_id = d.store_id)
        order by d.order_id
        on conflict (event_id, template) do nothing
    )
    select count(*) into n from due;
    return n;
end
$$;

comment on function review.ask is
    'makes the mails that ask for reviews and are due; the worker''s';
