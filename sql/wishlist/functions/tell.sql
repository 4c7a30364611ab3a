create or replace function wishlist.tell(batch integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    with due as materialized (
        select w.*, wishlist.in_stock(w.product_id, w.variant_id) as here
        from wishlist.notice w
        where w.id = any (array(
            select d.id from wishlist.notice d where d.due
            order by d.id limit batch for update skip locked))
    ), offered as (
        select d.*, o.name as product, o.slug, o.options,
               coalesce(o.public, o.price) as price, o.currency,
               coalesce(a.email, d.email) as recipient, a.name as who,
               notification.language('back_in_stock',
                   coalesce(a.locale, d.locale), d.store_id) as speaks
        from due d
        join store.store s on s.id = d.store_id
        join catalog.offer o on o.variant_id = d.variant_id
            and o.store_id = d.store_id and o.currency = s.currency
        left join identity.account a on a.id = d.user_id
        where d.here and (d.user_id is null or a.blocked_at is null)
    ), mail as (
        insert into notification.delivery (event_id, template, store_id,
            recipient, name, language, data)
        select f.id, 'back_in_stock', f.store_id, f.recipient,
               notification.plain(f.who), f.speaks,
               jsonb_build_object('name', notification.plain(f.who),
                   'product', notification.one_line(f.product),
                   'options', (select string_agg(x.value, ', ')
                               from jsonb_each_text(f.options) as x),
                   'price', notification.money(f.price, f.currency, f.speaks),
                   'unsubscribe', true, 'path', '/products/' || f.slug)
        from offered f
        on conflict (event_id, template) do nothing
    ), told as (
        delete from wishlist.notice w where w.id in (select f.id from offered f)
    ), kept as (
        -- sold again, or not for sale now: they wait for the next time
        update wishlist.notice w set due = false
        where w.id in (select d.id from due d
                       where d.id not in (select f.id from offered f))
    )
    select count(*) into n from due;
    return n;
end
$$;

comment on function wishlist.tell is
    'makes the mails of notices that are due; the worker''s';
