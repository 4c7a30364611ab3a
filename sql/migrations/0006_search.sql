-- What lists, filters, facets and text search read.  Kept by
-- catalog.render() with the product, in its transaction.

create text search configuration search.plain (copy = pg_catalog.simple);
alter text search configuration search.plain
    alter mapping for asciiword, asciihword, hword_asciipart, word, hword,
        hword_part, numword, hword_numpart, numhword
    with search.unaccent, simple;

create text search configuration search.english (copy = pg_catalog.english);
alter text search configuration search.english
    alter mapping for hword, hword_part, word
    with search.unaccent, english_stem;

create text search configuration search.german (copy = pg_catalog.german);
alter text search configuration search.german
    alter mapping for hword, hword_part, word
    with search.unaccent, german_stem;

-- GIN without a list of what is pending: reads are never slowed by writes

-- one row a published product and currency it is priced in
create table search.entry (
    product_id     bigint not null references catalog.product
        on delete cascade,
    currency       text not null,
    store_id       bigint not null,
    category_path  bigint[] not null,
    tokens         text[] not null,    -- "color=red", "$2" (price range)
    labels         text[] not null,    -- the same as people read it
    in_stock       boolean not null default false,
    price          bigint not null,
    newest         bigint not null,    -- microseconds since 1970
    rating         bigint not null,    -- average * 1,000,000, then count
    card           text not null,      -- JSON up to "in_stock":
    primary key (product_id, currency)
) with (fillfactor = 80);

create index entry_newest on search.entry
    (store_id, currency, newest desc, product_id desc);
create index entry_price on search.entry
    (store_id, currency, price, product_id);
create index entry_price_desc on search.entry
    (store_id, currency, price desc, product_id desc);
create index entry_rating on search.entry
    (store_id, currency, rating desc, product_id desc);
create index entry_category on search.entry using gin (category_path)
    with (fastupdate = off);
create index entry_tokens on search.entry using gin (tokens)
    with (fastupdate = off);

comment on column search.entry.card is
    'an item of a list; the reader appends in_stock and the closing brace';

create table search.document (
    product_id  bigint primary key references catalog.product
        on delete cascade,
    store_id    bigint not null,
    words       tsvector not null,
    vocabulary  text[] not null        -- its words, for typos
);

create index document_words on search.document using gin (words)
    with (fastupdate = off);

-- every word of a store's products and in how many it is: what a misspelt
-- word is put right by, and what suggestions complete
create table search.word (
    store_id   bigint not null,
    word       text not null,
    documents  bigint not null,
    primary key (store_id, word)
);

create index word_trigrams on search.word using gin
    (word search.gin_trgm_ops)
    with (fastupdate = off);
create index word_prefix on search.word (store_id, word text_pattern_ops);

-- how many published products of a category (0: of the store) and currency
-- have a token (empty: how many there are): kept by differences
create table search.facet_count (
    store_id     bigint not null,
    category_id  bigint not null,
    currency     text not null,
    token        text not null,
    label        text not null,
    products     bigint not null,
    primary key (store_id, category_id, currency, token)
);

create type search.facet_item as (
    token     text,
    label     text,
    products  bigint
);

-- the same as the JSON of an answer
create table search.facet (
    store_id     bigint not null,
    category_id  bigint not null,
    currency     text not null,
    body         text not null,
    primary key (store_id, category_id, currency)
) with (fillfactor = 70, toast_tuple_target = 8160);

alter table search.facet alter column body set storage external;

comment on table search.entry is 'one row a published product and currency';
comment on table search.document is 'text of a published product';
comment on table search.facet is
    'facets of a category without further filters, as the answer holds them';

create type search.hit as (product_id bigint, rank bigint);

create type search.page as (
    cards     text[],
    ranks     bigint[],
    products  bigint[]
);

create type search.filter as (
    category  bigint,
    low       bigint,
    high      bigint,
    stocked   boolean,
    tokens    text[]
);

comment on type search.hit is 'a product found, the greatest rank first';
comment on type search.page is 'items of a list, in order';
