-- Accounts, roles, sessions, revocations, address books.  An account belongs
-- to the installation, not to one store (docs/decisions/0100-accounts.md).

create table identity.account (
    id                 uuid primary key default gen_random_uuid(),
    store_id           bigint not null,   -- where it was registered
    email              text not null
        check (email = lower(email) and length(email) between 3 and 254),
    name               text not null check (length(name) between 1 and 200),
    phone              text check (length(phone) between 3 and 40),
    locale             text not null default 'en'
        check (locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
    password_hash      text check (length(password_hash) <= 255),
    email_verified_at  timestamptz,
    blocked_at         timestamptz,
    version            bigint not null default 1,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    constraint account_email unique (email)
);

comment on table identity.account is
    'people who can sign in; also staff: what they may do is in their roles';
comment on column identity.account.password_hash is
    'PHC string ($argon2id$...); null: no sign-in by password';


create table identity.role (
    name         text primary key check (name ~ '^[a-z0-9_-]{1,32}$'),
    permissions  text[] not null default '{}'
        check (array_to_string(permissions, ' ', '?')
               ~ '^([a-z]+:[a-z]+|[*])?( ([a-z]+:[a-z]+|[*]))*$'),
    built_in     boolean not null default false,
    created_at   timestamptz not null default now()
);

comment on table identity.role is
    'a name for permissions; "*" is every permission';

insert into identity.role (name, permissions, built_in) values
    ('customer', '{}', true),
    ('seller', '{catalog:write,inventory:read,inventory:write}', true),
    ('admin', '{*}', true);

create table identity.account_role (
    user_id     uuid not null references identity.account on delete cascade,
    role        text not null references identity.role,
    granted_at  timestamptz not null default now(),
    primary key (user_id, role)
);

create index account_role_role on identity.account_role (role);


-- A session is a family of refresh tokens, of which only hashes are kept.
create table identity.session (
    id            uuid primary key default gen_random_uuid(),
    user_id       uuid not null references identity.account on delete cascade,
    store_id      bigint not null,
    agent         text,
    address       inet,
    created_at    timestamptz not null default now(),
    renewed_at    timestamptz not null default now(),
    expires_at    timestamptz not null,   -- with its newest refresh token
    access_until  timestamptz not null,   -- of its newest access token
    ended_at      timestamptz,
    end_reason    text check (end_reason in ('logout', 'reuse', 'limit',
                                             'password', 'blocked')),
    check ((ended_at is null) = (end_reason is null))
);

create index session_standing on identity.session (user_id, created_at)
    where ended_at is null;
create index session_expires_at on identity.session (expires_at);

create table identity.refresh (
    hash        bytea primary key check (octet_length(hash) = 32),
    session_id  uuid not null references identity.session on delete cascade,
    issued_at   timestamptz not null default now(),
    expires_at  timestamptz not null,
    used_at     timestamptz
);

create index refresh_session_id on identity.refresh (session_id);
create index refresh_expires_at on identity.refresh (expires_at);

comment on table identity.session is
    'a sign-in on one device, until its refresh tokens expire or it is ended';
comment on table identity.refresh is
    'SHA-256 of refresh tokens; used_at: exchanged for its successor';


-- Access tokens that count no more though they have not expired: what every
-- node mirrors (DATAPATH: revocations are rows, announced by NOTIFY).
create table identity.revocation (
    kind        text not null check (kind in ('s', 'u')),
    id          uuid not null,
    epoch       bigint not null,
    created_at  timestamptz not null default now(),
    primary key (kind, id)
);

create index revocation_created_at on identity.revocation (created_at);

comment on column identity.revocation.kind is
    's: a session, until epoch; u: tokens of a user issued before epoch';


create table identity.address (
    id           bigint generated always as identity primary key,
    user_id      uuid not null references identity.account on delete cascade,
    name         text not null check (length(name) between 1 and 200),
    line1        text not null check (length(line1) between 1 and 200),
    line2        text check (length(line2) <= 200),
    city         text not null check (length(city) between 1 and 100),
    postal_code  text not null check (length(postal_code) between 1 and 20),
    region       text check (length(region) <= 100),
    country      text not null check (country ~ '^[A-Z]{2}$'),
    phone        text check (length(phone) between 3 and 40),
    is_default   boolean not null default false,
    version      bigint not null default 1,
    created_at   timestamptz not null default now()
);

create index address_user_id on identity.address (user_id, id);
create unique index address_one_default on identity.address (user_id)
    where is_default;

comment on table identity.address is 'the address book of an account';


-- One shape for all that opens or carries on a session: the gateway makes
-- tokens of it.  A null code is success.
create type identity.opened as (
    status      int,
    code        text,
    detail      text,
    user_id     uuid,
    session_id  uuid,
    store_id    bigint,
    roles       text,
    body        text
);

comment on type identity.opened is
    'a session and its user (body: the user as JSON), or why there is none';
