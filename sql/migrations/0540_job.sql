-- Work that outlives its request: jobs of the worker, what was sent for them,
-- and the rows of theirs that were refused.

create table ops.upload (
    id          uuid primary key,
    store_id    bigint not null,
    actor       uuid,
    created_at  timestamptz not null default now()
);

create index upload_created_at on ops.upload (created_at);

create table ops.upload_part (
    upload_id  uuid not null references ops.upload on delete cascade,
    start      bigint not null check (start >= 0),
    data       text not null,
    primary key (upload_id, start)
);

-- read once, from its beginning to its end
alter table ops.upload_part alter column data set storage external;

comment on table ops.upload is
    'text that came in parts; one that no job names goes after an hour';
comment on column ops.upload_part.start is
    'how many bytes of the upload come before this part';

create table ops.job (
    id           uuid primary key default gen_random_uuid(),
    store_id     bigint not null references store.store,
    kind         text not null check (kind ~ '^[a-z]+(\.[a-z]+)+$'),
    status       text not null default 'queued'
        check (status in ('queued', 'running', 'done', 'failed',
                          'cancelled')),
    actor        uuid,
    options      jsonb not null default '{}'
        check (jsonb_typeof(options) = 'object'),
    state        jsonb not null default '{}'
        check (jsonb_typeof(state) = 'object'),
    upload_id    uuid references ops.upload on delete set null,
    size         bigint not null default 0 check (size >= 0),
    place        bigint not null default 0 check (place between 0 and size),
    rows_done    bigint not null default 0 check (rows_done >= 0),
    created      bigint not null default 0 check (created >= 0),
    updated      bigint not null default 0 check (updated >= 0),
    failed       bigint not null default 0 check (failed >= 0),
    error        text,
    tries        int not null default 0,
    lease        uuid,
    lease_until  timestamptz,
    version      bigint not null default 1,
    created_at   timestamptz not null default now(),
    started_at   timestamptz,
    finished_at  timestamptz,
    check ((finished_at is not null)
           = (status in ('done', 'failed', 'cancelled')))
);

create index job_open on ops.job (created_at)
    where status in ('queued', 'running');
create index job_newest on ops.job (store_id, created_at desc, id desc);
create index job_finished_at on ops.job (finished_at)
    where finished_at is not null;

comment on table ops.job is 'what a worker does in steps, each a transaction';
comment on column ops.job.options is 'what was asked for, as people see it';
comment on column ops.job.state is 'what the next step has to know';
comment on column ops.job.place is 'how much of size is done';
comment on column ops.job.lease is
    'of the worker that has it: what another one does meanwhile is refused';

create table ops.job_error (
    job_id  uuid not null references ops.job on delete cascade,
    line    bigint not null,
    errors  jsonb not null,
    cells   jsonb not null,
    primary key (job_id, line)
);

comment on table ops.job_error is
    'rows that were refused: [{"column", "detail"}], and what they held';


-- later values win, member by member
create aggregate catalog.merged (jsonb) (
    sfunc = pg_catalog.jsonb_concat,
    stype = jsonb
);

comment on aggregate catalog.merged(jsonb) is
    'objects laid over each other; order them';

-- a line of a file of products, and what of the catalog it is about
create type catalog.import_row as (
    line        bigint,
    cells       jsonb,
    bad         text,
    product_id  bigint,
    variant_id  bigint,
    made        boolean,
    added       boolean
);

comment on type catalog.import_row is
    'made: its product is new; added: its variant is; a variant of null: the'
    ' row says nothing of one';

create type catalog.import_error as (
    line    bigint,
    name    text,
    detail  text
);
