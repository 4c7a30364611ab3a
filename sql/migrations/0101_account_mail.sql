-- Links in mails, changes of an e-mail address, consents.

alter table identity.account
    add column new_email text
        check (new_email = lower(new_email)
               and length(new_email) between 3 and 254);

comment on column identity.account.new_email is
    'asked for, not yet confirmed';

create index session_user_id on identity.session (user_id, created_at);


-- A secret that a mail carried, as its SHA-256.  The worker makes it when it
-- renders the mail, so that nothing else ever holds it.
create table identity.mail_token (
    hash        bytea primary key check (octet_length(hash) = 32),
    purpose     text not null
        check (purpose in ('verify_email', 'change_email', 'reset_password',
                           'invitation')),
    subject     uuid not null,        -- the account, or the invitation
    email       text not null,        -- whose reader it speaks for
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null
);

create index mail_token_subject on identity.mail_token (subject, purpose);
create index mail_token_expires_at on identity.mail_token (expires_at);

comment on table identity.mail_token is
    'SHA-256 of tokens in links of mails; a row goes when its token is used';


-- What was asked for by mail lately, so that nobody floods a mailbox.
create table identity.mail_request (
    id       bigint generated always as identity primary key,
    subject  uuid not null,
    purpose  text not null,
    at       timestamptz not null default now()
);

create index mail_request_subject on identity.mail_request
    (subject, purpose, at);
create index mail_request_at on identity.mail_request (at);

comment on table identity.mail_request is
    'mails with a link that an account asked for within the last hours';


create table identity.consent (
    id          bigint generated always as identity primary key,
    user_id     uuid not null references identity.account on delete cascade,
    purpose     text not null
        check (purpose in ('marketing_email', 'personalization',
                           'analytics')),
    granted     boolean not null,
    at          timestamptz not null default now(),
    address     inet,
    request_id  text
);

create index consent_user_id on identity.consent (user_id, purpose, id desc);

comment on table identity.consent is
    'every yes and no of a person, with its time; the newest counts';
