-- Reviews of verified buyers: moderation, reports, votes, replies, requests
-- after delivery; and the product's count of each number of stars.

alter table catalog.product
    add column rating_counts int[] not null default '{0,0,0,0,0}';

update catalog.product p
set rating_counts = s.counts
from (select r.product_id, array[
          count(*) filter (where r.rating = 1),
          count(*) filter (where r.rating = 2),
          count(*) filter (where r.rating = 3),
          count(*) filter (where r.rating = 4),
          count(*) filter (where r.rating = 5)]::int[] as counts
      from review.review r where r.status = 'published' group by 1) as s
where p.id = s.product_id;

alter table catalog.product add constraint product_rating_counts_check check (
    cardinality(rating_counts) = 5 and 0 <= all (rating_counts)
    and rating_counts[1] + rating_counts[2] + rating_counts[3]
        + rating_counts[4] + rating_counts[5] = rating_count
    and rating_counts[1] + 2 * rating_counts[2] + 3 * rating_counts[3]
        + 4 * rating_counts[4] + 5 * rating_counts[5] = rating_sum);

comment on column catalog.product.rating_counts is
    'published reviews with one star, two ... five';


alter table review.review
    add column version       bigint not null default 1,
    add column order_id      uuid,
    add column helpful       int not null default 0 check (helpful >= 0),
    add column unhelpful     int not null default 0 check (unhelpful >= 0),
    add column reports       int not null default 0 check (reports >= 0),
    add column reason        text check (length(reason) <= 500),
    add column moderated_by  uuid,
    add column moderated_at  timestamptz,
    add column reply         text check (length(reply) between 1 and 5000),
    add column reply_by      uuid,
    add column reply_at      timestamptz,
    add constraint review_replied_check
        check ((reply is null) = (reply_at is null));

create index review_helpful on review.review
    (product_id, helpful desc, id desc) where status = 'published';
create index review_rating on review.review
    (product_id, rating desc, id desc) where status = 'published';
create index review_rating_low on review.review
    (product_id, (-rating) desc, id desc) where status = 'published';
create index review_user on review.review (user_id, id desc)
    where user_id is not null;
create index review_queue on review.review (store_id, status, id desc);
create index review_store on review.review (store_id, id desc);
create index review_reported on review.review (store_id, id desc)
    where reports > 0;

comment on column review.review.order_id is
    'the order that shows that its author bought it';
comment on column review.review.reports is 'open ones';
comment on column review.review.reason is
    'what its author is told when it was not published';


create table review.vote (
    review_id   bigint not null references review.review on delete cascade,
    user_id     uuid not null references identity.account on delete cascade,
    helpful     boolean not null,
    created_at  timestamptz not null default now(),
    primary key (review_id, user_id)
);

create index vote_user on review.vote (user_id);

comment on table review.vote is 'whether a review helped: one an account';


create table review.report (
    id           bigint generated always as identity primary key,
    review_id    bigint not null references review.review on delete cascade,
    user_id      uuid references identity.account on delete set null,
    reason       text not null check (reason in ('spam', 'offensive',
                     'off_topic', 'false', 'private', 'other')),
    comment      text check (length(comment) between 1 and 2000),
    created_at   timestamptz not null default now(),
    resolved_at  timestamptz,
    resolved_by  uuid
);

create unique index report_once on review.report (review_id, user_id)
    where user_id is not null and resolved_at is null;
create index report_review on review.report (review_id, id desc);
create index report_user on review.report (user_id)
    where user_id is not null;

comment on table review.report is
    'complaints about a review; open until somebody has looked at it';


-- a store without a row has the defaults
create table review.setting (
    store_id      bigint primary key references store.store on delete cascade,
    moderation    text not null default 'doubtful'
        check (moderation in ('none', 'doubtful', 'all')),
    hide_reports  int not null default 3
        check (hide_reports between 1 and 1000),
    request_days  int default 7 check (request_days between 0 and 365),
    version       bigint not null default 1,
    updated_at    timestamptz not null default now()
);

comment on column review.setting.moderation is
    'which new reviews wait for a moderator';
comment on column review.setting.hide_reports is
    'open reports of accounts that send a review back to the queue';
comment on column review.setting.request_days is
    'days after delivery until a review is asked for; null: never';


create table review.request (
    order_id    uuid primary key,
    event_id    uuid not null,
    store_id    bigint not null,
    user_id     uuid not null references identity.account on delete cascade,
    due_at      timestamptz not null
);

create index request_due on review.request (due_at);
create index request_user on review.request (user_id);

comment on table review.request is
    'orders that arrived and whose buyer will be asked for reviews';


create table review.silence (
    user_id     uuid not null references identity.account on delete cascade,
    store_id    bigint not null references store.store on delete cascade,
    created_at  timestamptz not null default now(),
    primary key (user_id, store_id)
);

create index silence_store on review.silence (store_id);

comment on table review.silence is 'who wants no requests for reviews';


update identity.role r
set permissions = r.permissions || '{reviews:read,reviews:write}'
where r.name = 'seller' and r.built_in
and not 'reviews:read' = any (r.permissions);
