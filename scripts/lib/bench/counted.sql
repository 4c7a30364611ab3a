-- The counts and the other indexes of a catalog that was made without
-- triggers.

\set ON_ERROR_STOP on
set session_replication_role = replica;
set synchronous_commit = off;
set work_mem = '512MB';
set maintenance_work_mem = '512MB';
set client_min_messages = warning;

create index fact_sold on search.fact
    (store_id, sold desc, product_id desc);
create index fact_start on search.fact (store_id, start text_pattern_ops);
create index fact_shelf on search.fact (path)
    include (product_id, newest, rating, in_stock, prices, shown)
    where cardinality(shown) <= 200;
create index fact_wide on search.fact (path) where cardinality(shown) > 200;
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
-- of the deepest categories first, then of those above and of the store
create temp table counted as
select e.store_id, e.category_path as path, e.currency, t.token,
       max(t.label) as label, count(*) as products
from search.entry e, unnest(''::text || e.tokens,
                            ''::text || e.labels) as t (token, label)
group by 1, 2, 3, 4;
insert into search.facet_count (store_id, category_id, currency, token, label,
                                products)
select n.store_id, c, n.currency, n.token, max(n.label), sum(n.products)
from counted n, unnest(0 || n.path) as c group by 1, 2, 3, 4;
select count(*) from (
    select search.render_facet(f.store_id, f.category_id, f.currency)
    from search.facet_count f where f.token = '') as rendered;
