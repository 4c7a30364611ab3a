-- What options and their values are called in other languages: facets name
-- them for many products at once.

create table catalog.word (
    store_id  bigint not null references store.store on delete cascade,
    locale    text not null,
    kind      text not null check (kind in ('name', 'value')),
    word      text not null,
    said      text not null,
    products  bigint not null,
    primary key (store_id, locale, kind, word, said)
);

comment on table catalog.word is
    'translations of options and values, lower case, by how many products say'
    ' so; the most frequent counts';

insert into catalog.word (store_id, locale, kind, word, said, products)
select p.store_id, t.key, k.kind, lower(w.key), w.value, count(*)
from catalog.product p
cross join jsonb_each(p.translations) as t
cross join (values ('name', 'options'), ('value', 'values'))
    as k (kind, member)
cross join jsonb_each_text(t.value -> k.member) as w
where p.deleted_at is null
group by 1, 2, 3, 4, 5;
