-- Pictures: content is a file, named after its bytes; products and everything
-- else refer to it by its address.

create schema media;
comment on schema media is 'uploaded pictures';
grant usage on schema media to shop_gateway, shop_worker, shop_reader;

create table media.file (
    key         text primary key check (key ~ '^[0-9a-f]{32}$'),
    type        text not null check (type in ('jpeg', 'png', 'webp')),
    width       int not null check (width between 1 and 65535),
    height      int not null check (height between 1 and 65535),
    bytes       int not null check (bytes > 0),
    spool       text not null check (spool ~ '^[a-z0-9-]{1,64}$'),
    state       text not null default 'new' check (state in ('new', 'working',
                    'ready', 'failed', 'removing')),
    reason      text check (length(reason) between 1 and 200),
    tries       int not null default 0 check (tries >= 0),
    next_at     timestamptz not null default now(),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    check ((state = 'failed') = (reason is not null))
);

create index file_due on media.file (next_at)
    where state in ('new', 'working', 'removing');
create index file_idle on media.file (updated_at)
    where state in ('ready', 'failed');

comment on table media.file is
    'what pictures hold, once, whoever uploaded it';
comment on column media.file.key is
    'the first 128 bits of the SHA-256 of what was uploaded';
comment on column media.file.spool is
    'where the upload waits: workers of that name see it';
comment on column media.file.next_at is
    'when a worker may take it: it is new, or its worker''s lease has ended';

create table media.asset (
    id          uuid primary key default gen_random_uuid(),
    store_id    bigint not null references store.store,
    owner       uuid,
    purpose     text not null check (purpose in ('content', 'category',
                    'logo', 'review')),
    key         text not null references media.file,
    alt         text not null default '' check (length(alt) <= 500),
    subject     text check (length(subject) between 1 and 100),
    version     bigint not null default 1,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);

create index asset_key on media.asset (key);
create index asset_owner on media.asset (owner) where owner is not null;
create index asset_store on media.asset (store_id, created_at desc, id desc);
create index asset_subject on media.asset (subject)
    where subject is not null;
create index asset_loose on media.asset (created_at)
    where purpose = 'review' and subject is null;

comment on table media.asset is
    'pictures of what is no product: categories, logos, reviews';
comment on column media.asset.subject is
    'what shows a picture of a review, such as review:7';


-- the file of an image is told by its address, which a PATCH may bring again
alter table catalog.image
    add column key text references media.file
        generated always as
        (substring(url from '^/media/i/([0-9a-f]{32})\.webp$')) stored,
    add column version bigint not null default 1;

create index image_key on catalog.image (key) where key is not null;

create view catalog.picture as
select i.id, i.product_id, i.variant_id, i.position, i.url, i.alt, i.width,
       i.height, i.version, i.key, coalesce(f.state, 'ready') as state,
       case when i.key is null then i.url else i.url || '?w=320' end as small
from catalog.image i
left join media.file f on f.key = i.key
where f.state is distinct from 'failed';

comment on view catalog.picture is
    'images that can be shown, or can be in a moment';
