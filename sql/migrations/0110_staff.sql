-- What administrators do: roles made of known permissions, invitations, API
-- keys; and the audit read by its filters.

-- What a role may be made of.  Rows come from identity/refresh.sql.
create table identity.permission (
    name         text primary key check (name ~ '^[a-z]+:[a-z]+$'),
    description  text not null check (length(description) between 1 and 200),
    reach        text not null default 'store'
        check (reach in ('store', 'installation', 'person'))
);

comment on table identity.permission is 'every permission that there is';
comment on column identity.permission.reach is
    'store: over one store, so that a key of a store may hold it;'
    ' installation: over all of them; person: never a key''s';


alter table identity.role
    add column description  text not null default ''
        check (length(description) <= 500),
    add column version      bigint not null default 1,
    add column updated_at   timestamptz not null default now();

update identity.role r
set description = v.description
from (values ('customer', 'Everybody with an account.'),
             ('seller', 'Sells products of its own.'),
             ('admin', 'May do everything.')) as v (name, description)
where v.name = r.name;


-- lists and searches of GET /users
create index account_newest on identity.account (created_at desc, id desc);
create index account_search on identity.account
    using gin ((email || ' ' || lower(name)) search.gin_trgm_ops);


create table identity.invitation (
    id           uuid primary key default gen_random_uuid(),
    store_id     bigint not null,
    email        text check (email = lower(email)
                             and length(email) between 3 and 254),
    name         text check (length(name) between 1 and 200),
    roles        text[] not null,
    invited_by   uuid references identity.account on delete set null,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz not null,
    accepted_at  timestamptz,
    revoked_at   timestamptz,
    check (accepted_at is null or revoked_at is null)
);

create unique index invitation_open on identity.invitation (email)
    nulls not distinct
    where accepted_at is null and revoked_at is null;
create index invitation_expires_at on identity.invitation (expires_at);
create index invitation_invited_by on identity.invitation (invited_by);

comment on table identity.invitation is
    'of somebody to an account with roles; its secret is in a mail token';
comment on column identity.invitation.email is
    'null: of the first administrator, who chooses it';


create table identity.api_key (
    id            uuid primary key default gen_random_uuid(),
    store_id      bigint references store.store on delete cascade,
    kind          text not null check (kind in ('publishable', 'secret')),
    name          text not null check (length(name) between 1 and 100),
    hash          bytea not null unique check (octet_length(hash) = 32),
    hint          text not null,
    shown         text,
    permissions   text[] not null default '{}',
    created_by    uuid not null references identity.account on delete cascade,
    created_at    timestamptz not null default now(),
    expires_at    timestamptz,
    revoked_at    timestamptz,
    last_used_at  timestamptz,
    last_address  inet,
    check ((kind = 'publishable') = (shown is not null)),
    check ((kind = 'publishable') = (permissions = '{}')),
    check (kind = 'secret' or store_id is not null)
);

create index api_key_created_by on identity.api_key (created_by, created_at);
create index api_key_store_id on identity.api_key (store_id);
create index api_key_created_at on identity.api_key (created_at desc, id desc);

comment on table identity.api_key is
    'keys of programs; a publishable one chooses the store, a secret one acts'
    ' for who made it, with permissions of its own';
comment on column identity.api_key.store_id is
    'null: of the installation';
comment on column identity.api_key.hash is
    'SHA-256 of the key, which is stored nowhere else if it is a secret';
comment on column identity.api_key.shown is
    'the key itself, when it is none';


-- GET /audit goes by id, the newest first
drop index ops.audit_subject, ops.audit_actor;
create index audit_subject on ops.audit (subject, id);
create index audit_actor on ops.audit (actor, id) where actor is not null;
create index audit_action on ops.audit (action, id);
