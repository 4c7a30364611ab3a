-- People as outside OpenID issuers know them (docs/identity.md).

create table identity.linked (
    id          uuid primary key default gen_random_uuid(),
    user_id     uuid not null references identity.account on delete cascade,
    issuer      text not null check (length(issuer) between 1 and 500),
    subject     text not null check (length(subject) between 1 and 255),
    provider    text not null check (length(provider) between 1 and 32),
    email       text check (length(email) <= 254),
    created_at  timestamptz not null default now(),
    used_at     timestamptz not null default now(),
    constraint linked_identity unique (issuer, subject)
);

create index linked_user_id on identity.linked (user_id, created_at);

comment on table identity.linked is
    'who an account is for an outside issuer: (issuer, subject), never an'
    ' e-mail address, which may change hands';
comment on column identity.linked.provider is
    'the name that the issuer had in the configuration then';
comment on column identity.linked.email is
    'what the issuer said when it was linked, for people to tell them apart';
