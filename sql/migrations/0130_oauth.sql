-- OAuth 2.0 for integrators: clients, what they may ask for, what accounts
-- granted them, and the tokens that came of it (as hashes).

-- What a client can be given.  A scope that is a permission opens the rows
-- that need it; one for customers lets an app act for a person on what is his
-- own.  Permissions that could widen themselves (users, roles, keys, clients)
-- are no scopes.
create table identity.scope (
    name         text primary key check (name ~ '^[a-z]+(:[a-z]+)?$'),
    description  text not null check (length(description) between 1 and 200),
    customer     boolean not null,
    permission   boolean not null,
    check (customer or permission),
    check (not permission or name like '%:%')
);

comment on table identity.scope is
    'scopes of OAuth; customer: any account may grant it for itself,'
    ' permission: whoever holds it may grant it, and a service may have it';

insert into identity.scope (name, customer, permission, description) values
    ('openid', true, false, 'Know that it is you'),
    ('profile', true, false, 'See your name and language'),
    ('email', true, false, 'See your e-mail address'),
    ('addresses', true, false, 'See your address book'),
    ('cart', true, false, 'See and change your cart'),
    ('orders:read', true, true, 'See your orders'),
    ('orders:write', true, true, 'Place and cancel orders for you'),
    ('catalog:write', false, true, 'Add and change your products'),
    ('catalog:manage', false, true, 'Add and change all products'),
    ('inventory:read', false, true, 'See the stock of products'),
    ('inventory:write', false, true, 'Change the stock of your products'),
    ('inventory:manage', false, true, 'Change the stock of all products'),
    ('store:write', false, true, 'Change the store''s settings'),
    ('tokens:read', false, true, 'Ask whether tokens are good');


create table identity.client (
    id             uuid primary key default gen_random_uuid(),
    store_id       bigint,
    name           text not null check (length(name) between 1 and 200),
    public         boolean not null,
    secret_hash    bytea check (octet_length(secret_hash) = 32),
    redirect_uris  text[] not null default '{}'
        check (cardinality(redirect_uris) <= 20),
    grant_types    text[] not null check (cardinality(grant_types) > 0),
    scopes         text[] not null default '{}',
    disabled       boolean not null default false,
    created_by     uuid,
    version        bigint not null default 1,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    constraint client_secret check (public = (secret_hash is null)),
    constraint client_grant_types check (grant_types
        <@ '{authorization_code,refresh_token,client_credentials}'::text[]),
    constraint client_service check (
        not (public and 'client_credentials' = any (grant_types))),
    constraint client_redirects check (
        ('authorization_code' = any (grant_types))
        = (cardinality(redirect_uris) > 0))
);

comment on table identity.client is
    'programs of integrators; store_id null: for every store here.  Public:'
    ' without a secret, because it runs where anybody can read it';
comment on column identity.client.secret_hash is
    'SHA-256 of 256 random bits';


create table identity.client_grant (
    id          uuid primary key default gen_random_uuid(),
    user_id     uuid not null references identity.account on delete cascade,
    client_id   uuid not null references identity.client on delete cascade,
    scopes      text[] not null,
    created_at  timestamptz not null default now(),
    used_at     timestamptz not null default now(),
    unique (user_id, client_id)
);

create index client_grant_client_id on identity.client_grant (client_id);

comment on table identity.client_grant is
    'what an account agreed to: the consent that is remembered';


-- The session id (sid) of a client's access tokens: what revocation names.
create table identity.client_session (
    id            uuid primary key default gen_random_uuid(),
    client_id     uuid not null references identity.client on delete cascade,
    grant_id      uuid references identity.client_grant on delete cascade,
    store_id      bigint not null,
    scopes        text[] not null,
    created_at    timestamptz not null default now(),
    expires_at    timestamptz not null,   -- with its newest token
    access_until  timestamptz not null,   -- of its newest access token
    ended_at      timestamptz,
    end_reason    text check (end_reason in ('revoked', 'reuse', 'removed',
                                             'client', 'blocked', 'erased')),
    check ((ended_at is null) = (end_reason is null))
);

create index client_session_grant_id on identity.client_session (grant_id);
create index client_session_client_id on identity.client_session (client_id);
create index client_session_expires_at on identity.client_session (expires_at);

comment on table identity.client_session is
    'the tokens that came of one authorization code, or, without a grant, of'
    ' one request with the client''s own credentials';

create table identity.client_refresh (
    hash        bytea primary key check (octet_length(hash) = 32),
    session_id  uuid not null
        references identity.client_session on delete cascade,
    issued_at   timestamptz not null default now(),
    expires_at  timestamptz not null,
    used_at     timestamptz
);

create index client_refresh_session_id on identity.client_refresh (session_id);
create index client_refresh_expires_at on identity.client_refresh (expires_at);

comment on table identity.client_refresh is
    'SHA-256 of refresh tokens of clients; used_at: exchanged, once';


create table identity.client_code (
    hash          bytea primary key check (octet_length(hash) = 32),
    grant_id      uuid not null
        references identity.client_grant on delete cascade,
    store_id      bigint not null,
    redirect_uri  text not null,
    challenge     text not null check (challenge ~ '^[A-Za-z0-9_-]{43}$'),
    scopes        text[] not null,
    nonce         text,
    auth_time     timestamptz not null,
    expires_at    timestamptz not null,
    used_at       timestamptz,
    session_id    uuid references identity.client_session on delete cascade
);

create index client_code_grant_id on identity.client_code (grant_id);
create index client_code_expires_at on identity.client_code (expires_at);
create index client_code_session_id on identity.client_code (session_id)
    where session_id is not null;

comment on table identity.client_code is
    'SHA-256 of authorization codes, each used once; session_id: the tokens'
    ' that came of it';


create table identity.client_request (
    id            uuid primary key default gen_random_uuid(),
    user_id       uuid not null references identity.account on delete cascade,
    session_id    uuid not null references identity.session on delete cascade,
    client_id     uuid not null references identity.client on delete cascade,
    store_id      bigint not null,
    redirect_uri  text not null,
    scopes        text[] not null,
    state         text,
    nonce         text,
    challenge     text not null,
    expires_at    timestamptz not null default now() + interval '10 minutes'
);

create index client_request_session_id on identity.client_request (session_id);
create index client_request_user_id on identity.client_request (user_id);
create index client_request_client_id on identity.client_request (client_id);
create index client_request_expires_at on identity.client_request (expires_at);

comment on table identity.client_request is
    'a question of a client that a signed-in person has still to answer';


-- How the gateway goes on with an authorization request.
create type identity.authorized as (
    outcome       text,    -- refused, sign_in, consent, error, code
    error         text,
    detail        text,
    redirect_uri  text,
    state         text,
    request       uuid
);

comment on type identity.authorized is
    'refused: the browser is sent nowhere; sign_in, consent: the person is'
    ' asked first; error, code: back to the client with that';

-- What a client gets for a code, a refresh token or its own credentials.
create type identity.issued as (
    error        text,
    detail       text,
    cors         boolean,   -- the Origin is one of the client's
    client_id    uuid,
    user_id      uuid,      -- the client's own id: it acts for itself
    session_id   uuid,
    store_id     bigint,
    bound        boolean,   -- to that store
    roles        text,
    scope        text,
    refreshable  boolean,
    nonce        text,
    auth_time    bigint,    -- null: no id_token
    revoked      uuid,      -- a session that this ended, and until when its
    epoch        bigint     -- tokens must be refused
);

comment on type identity.issued is
    'a token''s claims, or an error of RFC 6749; refusals are data, because'
    ' what they end must commit';
