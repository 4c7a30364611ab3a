-- What a quote needs of an address is kept ready: one look-up instead of nine
-- joins (docs/decisions/0210-terms.md).

drop function if exists cart.quote(jsonb[], boolean);
drop function if exists cart.price(int, text, text, text, text, text, boolean,
    text[], text[], numeric[], numeric[], cart.way[], text, bigint, bigint,
    boolean, cart.offered[]);
drop function if exists cart.cheapest(cart.way[], bigint, bigint);
drop function if exists cart.tax_lines(text[], numeric[], bigint[], text);
drop type cart.way;
drop type cart.offered;

create table cart.terms (
    store_id       bigint not null references store.store on delete cascade,
    country        text not null,
    region         text not null,
    currency       text not null,
    to_country     text not null,
    in_currency    text not null,
    problem        text,
    exact          boolean not null,
    display_limit  int not null,
    included       boolean not null,
    classes        text[] not null,
    rates          numeric[] not null,
    bases          numeric[] not null,
    sums           int[] not null,
    heads          text[] not null,
    ways           text[] not null,
    amounts        bigint[] not null,
    subtotals      bigint[] not null,
    grams          bigint[] not null,
    way_classes    text[] not null,
    primary key (store_id, country, currency, region)
);

comment on table cart.terms is
    'taxes and ways to ship of an address, kept by cart.render_terms();'
    ' country, currency and region as a cart asks for them, empty: none';
comment on column cart.terms.to_country is
    'the country asked for, or the store''s first';
comment on column cart.terms.problem is
    'what is not served: country or currency; such terms are never kept';
comment on column cart.terms.exact is
    'postal codes change nothing; else cart.terms_of() finds out';
comment on column cart.terms.classes is
    'taxes, the highest first, an element each: class, percent, the base of'
    ' the share (100, or with all rates of the class when prices hold it), the'
    ' element that adds up the same tax of all classes, and the beginning of'
    ' its line in an answer';
comment on column cart.terms.ways is
    'rates of the ways to ship, the cheapest first, an element each: code,'
    ' amount, from which subtotal, up to how many grams, tax class';

-- the line of a quote as people read it, up to its quantity
alter table catalog.offer add column item text;
update catalog.offer o
set item = '{"item_id":"' || o.variant_id || '","product_id":"'
    || o.product_id || '","variant_id":"' || o.variant_id || '","sku":'
    || to_json(o.sku) || ',"name":' || to_json(o.name) || ',"options":'
    || o.options || ',"image":' || coalesce(o.image::text, 'null')
    || ',"quantity":';
alter table catalog.offer alter column item set not null;

comment on column catalog.offer.item is
    'the line of a quote as people read it, up to its quantity';

alter type cart.line add attribute variants int;

comment on type cart.line is
    'a line of a quote; null unit_price: not for sale; variants: of the'
    ' product';
