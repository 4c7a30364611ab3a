create or replace function payment.render(p payment.payment)
    returns text
    language sql stable
as $$
    select format('{"id":"%s","order_id":"%s","provider":"%s","status":"%s",'
               '"amount":{"amount":%5$s,"currency":"%8$s"},'
               '"captured":{"amount":%6$s,"currency":"%8$s"},'
               '"refunded":{"amount":%7$s,"currency":"%8$s"},'
               '"action":%9$s,"created_at":"%10$s","updated_at":"%11$s"}',
               p.id, p.order_id, p.provider, p.status, p.amount, p.captured,
               p.refunded, p.currency, coalesce(p.action, 'null'),
               api.time(p.created_at), api.time(p.updated_at))
$$;

comment on function payment.render is 'a payment as people read it';
