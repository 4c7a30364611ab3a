-- Money that staff give back of an order: to what paid it, then to gift cards.

create table "order".refund (
    id          bigint generated always as identity primary key,
    order_id    uuid not null,
    amount      bigint not null check (amount > 0),
    to_payment  bigint not null check (to_payment >= 0),
    to_cards    bigint not null check (to_cards >= 0),
    reason      text not null default '' check (length(reason) <= 500),
    actor       uuid,
    created_at  timestamptz not null default now(),
    check (amount = to_payment + to_cards)
);

create index refund_order on "order".refund (order_id);

comment on table "order".refund is
    'what staff have asked to be given back; what came of the payment''s part'
    ' is told by the payment''s facts';

alter table payment.payment add column refunding bigint not null default 0
    check (refunding >= 0);

comment on column payment.payment.refunding is
    'what the provider was asked to give back and has not told of yet';
