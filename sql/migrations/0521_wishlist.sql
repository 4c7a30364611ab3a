-- What shoppers want later: lists that can be shared, and what they are told
-- of when it is in stock again.

create schema wishlist;

comment on schema wishlist is 'wishlists, and notices of what is back in stock';

grant usage on schema wishlist to shop_gateway, shop_worker, shop_reader;

create table wishlist.list (
    id          uuid primary key default gen_random_uuid(),
    store_id    bigint not null references store.store on delete cascade,
    user_id     uuid not null references identity.account on delete cascade,
    role        text check (role in ('default', 'saved')),
    name        text not null check (length(name) between 1 and 100),
    note        text check (length(note) <= 1000),
    share_id    uuid unique,
    version     bigint not null default 1,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);

create index list_owner on wishlist.list
    (user_id, store_id, created_at desc, id desc);
create index list_store on wishlist.list (store_id);
create unique index list_role on wishlist.list (user_id, store_id, role)
    where role is not null;

comment on column wishlist.list.role is
    'default, or what was saved for later; made when it is first used';
comment on column wishlist.list.share_id is
    'what a link to it has; null: nobody else sees it';

create table wishlist.item (
    id              bigint generated always as identity primary key,
    list_id         uuid not null references wishlist.list on delete cascade,
    product_id      bigint not null,
    variant_id      bigint,
    quantity        int not null default 1
        check (quantity between 1 and 9999),
    note            text check (length(note) <= 500),
    added_price     bigint check (added_price >= 0),
    added_currency  text,
    added_at        timestamptz not null default now(),
    constraint item_once
        unique nulls not distinct (list_id, product_id, variant_id),
    check ((added_price is null) = (added_currency is null))
);

create index item_newest on wishlist.item (list_id, id desc);

comment on column wishlist.item.variant_id is
    'null: the product, whichever variant';
comment on column wishlist.item.added_price is 'what it cost then';

create table wishlist.notice (
    id          uuid primary key default gen_random_uuid(),
    store_id    bigint not null references store.store on delete cascade,
    product_id  bigint not null,
    variant_id  bigint not null,
    user_id     uuid references identity.account on delete cascade,
    email       text check (email = lower(email)
                            and length(email) between 3 and 254),
    locale      text,
    due         boolean not null default false,
    created_at  timestamptz not null default now(),
    check (num_nonnulls(user_id, email) = 1)
);

create unique index notice_account on wishlist.notice
    (variant_id, store_id, user_id) where user_id is not null;
create unique index notice_guest on wishlist.notice
    (variant_id, store_id, email) where email is not null;
create index notice_due on wishlist.notice (id) where due;
create index notice_user on wishlist.notice (user_id, created_at desc, id)
    where user_id is not null;
create index notice_email on wishlist.notice (email, store_id)
    where email is not null;
create index notice_store on wishlist.notice (store_id);

comment on table wishlist.notice is
    'who is told once when a variant is in stock again; gone when the mail is'
    ' made';
comment on column wishlist.notice.due is
    'its variant came back: the worker makes the mail';
