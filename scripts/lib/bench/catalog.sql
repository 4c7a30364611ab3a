-- Ten trees of a hundred leaves in store 1, and the keys of all that products
-- may have.  Run as superuser; products come next (shelf.sql).

\set ON_ERROR_STOP on
set session_replication_role = replica;     -- all is counted at the end
set synchronous_commit = off;
set client_min_messages = warning;
\ir words.sql

insert into catalog.category (store_id, parent_id, slug, name, path)
select 1, null, 'bench-' || n, initcap(pg_temp.word(n)) || ' World', '{}'
from generate_series(0, 9) as n;
insert into catalog.category (store_id, parent_id, slug, name, path)
select 1, c.id, c.slug || '-' || n,
       initcap(pg_temp.word(20 + 10 * right(c.slug, 1)::int + n)), '{}'
from catalog.category c, generate_series(0, 9) as n
where c.store_id = 1 and c.slug ~ '^bench-[0-9]$';
insert into catalog.category (store_id, parent_id, slug, name, path)
select 1, c.id, c.slug || '-' || n,
       initcap(pg_temp.word(200 + 100 * substr(c.slug, 7, 1)::int
                            + 10 * right(c.slug, 1)::int + n)), '{}'
from catalog.category c, generate_series(0, 9) as n
where c.store_id = 1 and c.slug ~ '^bench-[0-9]-[0-9]$';
with recursive tree as (
    select c.id, array[c.id] as path from catalog.category c
    where c.store_id = 1 and c.slug like 'bench-%' and c.parent_id is null
    union all
    select c.id, t.path || c.id from catalog.category c
    join tree t on c.parent_id = t.id
)
update catalog.category c set path = t.path from tree t where t.id = c.id;

insert into search.key (store_id, token, label)
select 1, k.token, k.label from (
    select '/' || c.id, ' ' || search.normal(c.name)
    from catalog.category c where c.store_id = 1 and c.slug like 'bench-%'
    union all
    select lower('Brand=' || w), 'Brand=' || w
    from (select distinct initcap(pg_temp.word(1300 + n)) as w
          from generate_series(0, 399) as n) as b
    union all
    select lower('Color=' || w), 'Color=' || w
    from unnest(array['Black', 'White', 'Grey', 'Blue', 'Red', 'Green',
                      'Brown', 'Beige', 'Pink', 'Yellow', 'Purple',
                      'Orange']) as w
    union all
    select lower('Material=' || w), 'Material=' || w
    from unnest(array['Cotton', 'Steel', 'Wood', 'Glass', 'Leather',
                      'Plastic', 'Wool', 'Ceramic']) as w
    union all
    select distinct '~weight~' || search.number_step(10 * n),
           'Weight~' || search.number_step(10 * n)
    from generate_series(1, 2000) as n
    union all
    select 'EUR$' || n, '' from generate_series(0, 7) as n
    union all
    select 'EUR~' || n, '' from generate_series(0, 110) as n
    union all
    select '%' || n, '' from generate_series(0, 255) as n
    union all
    select '!', ''
) as k (token, label)
on conflict do nothing;

-- made anew when all are there
drop index search.fact_found, search.fact_sold, search.fact_start,
    search.fact_shelf, search.fact_wide,
    search.entry_newest, search.entry_rating, search.entry_price,
    search.entry_price_desc;

select setval('catalog.item_id', nextval('catalog.item_id') + :n) - :n;
