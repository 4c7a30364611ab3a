create or replace function "order".forget(p_user uuid)
    returns text[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    nobody constant jsonb := '{"name": "erased", "line1": "erased",
                               "city": "erased", "postal_code": "erased"}';
    ids uuid[];
    emails text[];
begin
    select array_agg(o.id), array_agg(distinct lower(o.email))
        filter (where o.email is not null)
    into ids, emails
    from (select t.id, t.email from "order".orders t
          where t.id in (select "order".of_person(p_user))
          order by t.id
          for no key update) as o;

    -- a cart's id reads the orders of a guest: theirs is nobody's
    update "order".orders o
    set user_id = null, email = null, cart_id = gen_random_uuid(),
        shipping_address = nobody || jsonb_build_object('country',
            o.shipping_address -> 'country'),
        billing_address = case when o.billing_address is not null
            then nobody || jsonb_build_object('country',
                o.billing_address -> 'country') end,
        version = o.version + 1, updated_at = now()
    where o.id = any (ids);

    update "order".orders o set cashier = null where o.cashier = p_user;

    update "order".event e
    set data = e.data - 'reason'
    where e.order_id = any (ids) and e.data ? 'reason';

    update ops.outbox b
    set data = b.data - '{email,user_id}'::text[]
    where b.topic = 'shop.orders' and b.key = any (ids::text[]);

    perform payment.forget(ids);

    return coalesce(emails, '{}');
end
$$;

comment on function "order".forget is
    'the orders of a user, as a guest too, as nobody''s: what was bought, for'
    ' how much and into which country stays; gives the addresses that mails'
    ' went to';
