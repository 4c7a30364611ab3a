-- What outside issuers tell by webhook.

create table identity.outside_event (
    issuer  text not null check (length(issuer) between 1 and 500),
    event   text not null check (length(event) between 1 and 128),
    type    text,
    at      timestamptz not null default now(),
    primary key (issuer, event)
);

create index outside_event_at on identity.outside_event (at);

comment on table identity.outside_event is
    'webhooks that were heard: one that comes again has no effect';

create table identity.outside_state (
    issuer   text not null check (length(issuer) between 1 and 500),
    kind     text not null check (kind in ('user', 'session')),
    id       text not null check (length(id) between 1 and 255),
    state    text not null check (state in ('good', 'banned', 'deleted',
                                            'ended')),
    told_at  timestamptz not null,      -- by the issuer's clock
    at       timestamptz not null default now(),
    primary key (issuer, kind, id)
);

create index outside_state_at on identity.outside_state (at);

comment on table identity.outside_state is
    'people and sessions of an outside issuer whose tokens count no more;'
    ' good: a ban that was lifted, so that one told late does not come back';

alter table identity.session drop constraint session_end_reason_check;
alter table identity.session add constraint session_end_reason_check
    check (end_reason in ('logout', 'reuse', 'limit', 'password', 'blocked',
                          'outside')) not valid;
