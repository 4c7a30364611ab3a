-- Names of taxes, ways to ship and promotions in the other languages of a
-- store: {"de": {"name": "Versand"}}.

alter table store.tax_rate
    add column translations jsonb not null default '{}'
        check (jsonb_typeof(translations) = 'object');
alter table shipping.method
    add column translations jsonb not null default '{}'
        check (jsonb_typeof(translations) = 'object');
alter table pricing.promotion
    add column translations jsonb not null default '{}'
        check (jsonb_typeof(translations) = 'object');

comment on column store.tax_rate.translations is
    'its name in the other languages of the store, an object a language';
comment on column shipping.method.translations is
    'name and description in the other languages, an object a language';
comment on column pricing.promotion.translations is
    'its name in the other languages of the store, an object a language';
