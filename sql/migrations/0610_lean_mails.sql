-- A mail about an order names the order instead of holding what it says: the
-- worker writes it from the order's snapshot when it is sent.  Mails that were
-- made before hold all of it themselves.

alter table notification.delivery add column order_id uuid;

comment on column notification.delivery.order_id is
    'the order that the mail tells of; the worker writes it from its snapshot';
comment on column notification.delivery.data is
    'what the template is filled with, beside the order; emptied once it is'
    ' sent';
comment on column notification.delivery.name is
    'the reader''s, when the mail is not about an order';

-- workers from before would send mails about nothing: they find no function
-- and wait until they are replaced
drop function if exists notification.delivery_claim(integer, interval, text);

drop function if exists notification.order_data("order".orders, jsonb, text);
drop function if exists notification.items(jsonb, text);
drop function if exists notification.taxes(jsonb, text);
drop function if exists notification.discounts(jsonb, text);
drop function if exists notification.gift_cards(jsonb, text);
drop function if exists notification.address(jsonb);
drop function if exists notification.price(jsonb, text);
drop function if exists notification.brand(store.store, text);
