-- The counts and indexes of a catalog that was rendered without triggers.

\set ON_ERROR_STOP on
set session_replication_role = replica;
set synchronous_commit = off;
set work_mem = '256MB';
set maintenance_work_mem = '768MB';
set client_min_messages = warning;

create index fact_found on search.fact
    using gin (words, keys search.gin__int_ops) with (fastupdate = off);
create index fact_sold on search.fact
    (store_id, sold desc, product_id desc);
create index entry_newest on search.entry
    (store_id, currency, newest desc, product_id desc);
create index entry_rating on search.entry
    (store_id, currency, rating desc, product_id desc);
create index entry_price on search.entry
    (store_id, currency, price, product_id desc);
create index entry_price_desc on search.entry
    (store_id, currency, price desc, product_id desc);

truncate search.word, search.facet_count, search.facet;
insert into search.word (store_id, word, documents)
select f.store_id, v, count(*)
from search.fact f, unnest(f.vocabulary) as v group by 1, 2;
insert into search.facet_count (store_id, category_id, currency, token, label,
                                products)
select e.store_id, c, e.currency, t.token, max(t.label), count(*)
from search.entry e, unnest(0 || e.category_path) as c,
     unnest(''::text || e.tokens, ''::text || e.labels) as t (token, label)
group by 1, 2, 3, 4;
select count(*) from (
    select search.render_facet(f.store_id, f.category_id, f.currency)
    from search.facet_count f where f.token = '') as rendered;
vacuum (analyze) search.fact, search.entry, search.key, search.word,
    search.facet_count, search.facet, catalog.rendered, catalog.offer;
