-- Products are rendered and indexed by statements over all of a batch.

create type search.facet_move as (
    store_id     bigint,
    category_id  bigint,
    currency     text,
    token        text,
    label        text,
    products     bigint
);

comment on type search.facet_move is
    'how many products more a category has with a token';

create aggregate search.joined (tsvector) (
    sfunc = pg_catalog.tsvector_concat,
    stype = tsvector
);

comment on aggregate search.joined(tsvector) is 'one text after the other';
