-- Mails to people.  A fact becomes a delivery, once for each template; the
-- worker renders and sends it.

create table notification.template (
    id          bigint generated always as identity primary key,
    store_id    bigint references store.store on delete cascade,
    name        text not null check (name ~ '^[a-z0-9_]{1,64}$'),
    language    text not null
        check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
    subject     text not null check (length(subject) between 1 and 500),
    text        text not null check (length(text) between 1 and 100000),
    html        text not null check (length(html) between 1 and 100000),
    updated_at  timestamptz not null default now(),
    constraint template_once unique nulls not distinct
        (name, language, store_id)
);

create index template_store on notification.template (store_id)
    where store_id is not null;

comment on table notification.template is
    'what mails say, in a subset of Mustache; a store''s own goes before the'
    ' one without a store';

create table notification.delivery (
    id          uuid primary key default gen_random_uuid(),
    event_id    uuid not null,
    template    text not null,
    store_id    bigint not null,
    recipient   text not null check (length(recipient) between 3 and 254),
    name        text,
    language    text not null,
    data        jsonb not null,
    state       text not null default 'due'
        check (state in ('due', 'running', 'sent', 'dead')),
    tries       int not null default 0 check (tries >= 0),
    next_at     timestamptz not null default now(),
    error       text check (length(error) <= 500),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    constraint delivery_once unique (event_id, template)
);

create index delivery_due on notification.delivery (next_at)
    where state in ('due', 'running');
create index delivery_over on notification.delivery (updated_at)
    where state in ('sent', 'dead');
create index delivery_recipient on notification.delivery (recipient);

comment on table notification.delivery is
    'mails to send or sent; the id makes the Message-ID';
comment on column notification.delivery.data is
    'what the template is filled with; emptied once it is sent';
comment on column notification.delivery.next_at is
    'when it may be tried again; while it is running, when its lease ends';
comment on column notification.delivery.error is
    'of the last try, without anything personal';
