-- Second factors and passkeys (docs/identity.md).

alter table identity.role
    add column mfa_required boolean not null default false;

comment on column identity.role.mfa_required is
    'who holds it signs in with a second factor; without one a session may'
    ' only enrol one';

alter table identity.session
    add column strong boolean not null default false;

comment on column identity.session.strong is
    'a second factor was shown: a code, or a passkey that verified its user';

alter type identity.opened add attribute strong boolean;
alter type identity.opened add attribute retry_after integer;

comment on type identity.opened is
    'a session and its user (body: the user as JSON), or why there is none:'
    ' a null code is success.  strong: a second factor was shown';


-- Codes of an authenticator (RFC 6238).  Secrets are sealed by the gateway
-- (AES-256-GCM); the row is the lock of all codes of the account.
create table identity.totp (
    user_id       uuid primary key
        references identity.account on delete cascade,
    secret        bytea check (octet_length(secret) between 30 and 200),
    confirmed_at  timestamptz,
    last_step     bigint not null default 0,
    pending       bytea check (octet_length(pending) between 30 and 200),
    pending_at    timestamptz,
    failures      integer not null default 0,
    locked_until  timestamptz,
    created_at    timestamptz not null default now(),
    check ((secret is null) = (confirmed_at is null)),
    check ((pending is null) = (pending_at is null)),
    check (secret is not null or pending is not null)
);

create index totp_pending_at on identity.totp (pending_at)
    where pending_at is not null;

comment on column identity.totp.secret is 'the one whose codes count';
comment on column identity.totp.pending is
    'takes its place once a code has confirmed it';
comment on column identity.totp.last_step is
    'of the last code that was accepted: none counts twice';

create table identity.recovery_code (
    user_id  uuid not null references identity.totp on delete cascade,
    hash     bytea not null check (octet_length(hash) = 32),
    used_at  timestamptz,
    primary key (user_id, hash)
);

comment on table identity.recovery_code is
    'SHA-256 of codes that count once in place of the authenticator''s';

-- A sign-in that waits for its second factor.
create table identity.mfa_ticket (
    hash        bytea primary key check (octet_length(hash) = 32),
    user_id     uuid not null references identity.account on delete cascade,
    store_id    bigint not null,
    password    bytea not null check (octet_length(password) = 32),
    failures    integer not null default 0,
    expires_at  timestamptz not null
);

create index mfa_ticket_user_id on identity.mfa_ticket (user_id);
create index mfa_ticket_expires_at on identity.mfa_ticket (expires_at);

comment on table identity.mfa_ticket is
    'SHA-256 of mfa_token; password: SHA-256 of the password''s hash then,'
    ' another password makes it worthless';


-- Passkeys (WebAuthn).
create table identity.passkey (
    id               uuid primary key default gen_random_uuid(),
    user_id          uuid not null
        references identity.account on delete cascade,
    rp_id            text not null check (length(rp_id) between 1 and 255),
    credential_id    bytea not null unique
        check (octet_length(credential_id) between 1 and 1023),
    public_key       bytea not null
        check (octet_length(public_key) between 32 and 600),
    algorithm        integer not null check (algorithm in (-7, -8, -257)),
    sign_count       bigint not null default 0 check (sign_count >= 0),
    name             text not null check (length(name) between 1 and 100),
    aaguid           uuid,
    transports       text[] not null default '{}',
    backup_eligible  boolean not null default false,
    backed_up        boolean not null default false,
    version          bigint not null default 1,
    created_at       timestamptz not null default now(),
    used_at          timestamptz
);

create index passkey_user_id on identity.passkey (user_id, created_at);

comment on table identity.passkey is
    'public keys of authenticators, each for one host (rp_id)';
comment on column identity.passkey.algorithm is
    'COSE: -7 ES256, -8 EdDSA, -257 RS256; public_key is as libfido2 has it';

-- Challenges are signed by the gateway; here are those that were used.
create table identity.challenge (
    hash        bytea primary key check (octet_length(hash) = 32),
    expires_at  timestamptz not null
);

create index challenge_expires_at on identity.challenge (expires_at);

comment on table identity.challenge is
    'SHA-256 of challenges that were answered, until they expire';
