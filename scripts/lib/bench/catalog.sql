-- :n products in store 1, in ten trees of a hundred leaves: a few leaves,
-- brands, colours and words are in very many of them, most are rare.  They
-- are not rendered yet.  Run as superuser.

\set ON_ERROR_STOP on
set session_replication_role = replica;     -- all is counted at the end
set synchronous_commit = off;
set work_mem = '128MB';
set maintenance_work_mem = '512MB';
set client_min_messages = warning;

create function pg_temp.h(n bigint, salt int) returns int
    language sql immutable as $$
    select (hashint8extended(n, salt) & 2147483647)::int
$$;

-- small numbers come far more often than large ones
create function pg_temp.skewed(n bigint, salt int, most int) returns int
    language sql immutable as $$
    select floor(most * power(pg_temp.h(n, salt) / 2147483647.0::float8, 2.5))::int
$$;

create function pg_temp.word(n int) returns text
    language sql immutable as $$
    select (array['ba', 'co', 'du', 'fe', 'gi', 'ho', 'ka', 'lu', 'mo', 'na',
                  'po', 'ra', 'se', 'ti', 'vo', 'wa', 'xe', 'zu', 'bri',
                  'cla'])[1 + n % 20]
        || (array['mer', 'lan', 'tor', 'vik', 'ras', 'del', 'nor', 'pal',
                  'sun', 'gar', 'lim', 'bos', 'ter', 'wen', 'kol'])
               [1 + n / 20 % 15]
        || (array['', 'a', 'en', 'ix', 'o', 'um', 'er', 'is', 'on', 'al',
                  'ek', 'ia', 'or', 'us', 'it', 'ol'])[1 + n / 300 % 16]
$$;

create temp table made as
select nextval('catalog.item_id') as id, n
from generate_series(1, :n) as n;

-- ten trees of ten branches of ten
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

create temp table leaf as
select c.id, c.path, c.name, p.name as above, q.name as root,
       row_number() over (order by c.slug) - 1 as n
from catalog.category c
join catalog.category p on p.id = c.parent_id
join catalog.category q on q.id = p.parent_id
where c.store_id = 1 and c.slug ~ '^bench-[0-9]-[0-9]-[0-9]$';
create unique index on leaf (n);

create temp table spec as
select m.id, m.n, l.id as leaf, l.path, l.name as noun, l.above, l.root,
       initcap(pg_temp.word(1300 + pg_temp.skewed(m.n, 2, 400))) as brand,
       (array['Black', 'White', 'Grey', 'Blue', 'Red', 'Green', 'Brown',
              'Beige', 'Pink', 'Yellow', 'Purple', 'Orange'])
           [1 + pg_temp.skewed(m.n, 3, 12)] as color,
       (array['Cotton', 'Steel', 'Wood', 'Glass', 'Leather', 'Plastic',
              'Wool', 'Ceramic'])[1 + pg_temp.h(m.n, 4) % 8] as material,
       10 * (1 + pg_temp.skewed(m.n, 5, 2000)) as weight,
       99 + 100 * pg_temp.skewed(m.n, 6, 5000)::bigint as price,
       pg_temp.h(m.n, 7) % 20 <> 0 as stocked,
       case when pg_temp.h(m.n, 8) % 50 = 0
            then pg_temp.skewed(m.n, 9, 500) else 0 end as sold,
       timestamptz '2020-01-01 00:00Z'
           + make_interval(secs => pg_temp.h(m.n, 10) % 180000000) as at
from made m
join leaf l on l.n = pg_temp.skewed(m.n, 1, 1000);

create temp table wording as
select s.id, s.n,
       s.brand || ' ' || initcap(pg_temp.word(pg_temp.h(s.n, 11) % 900))
           || ' ' || s.noun || ' ' || s.n as name,
       'bench-' || s.n as slug,
       (select string_agg(pg_temp.word(pg_temp.skewed(s.n, 100 + k, 4800)),
                          ' ' order by k)
        from generate_series(1, 25) as k) || '.' as about
from spec s;
create unique index on wording (id);

insert into catalog.product (id, store_id, slug, name, description,
    category_id, tax_class, attributes, version, published_at, created_at,
    updated_at)
select s.id, 1, w.slug, w.name, w.about, s.leaf, 'standard',
       jsonb_build_object('Brand', s.brand, 'Color', s.color,
                          'Material', s.material, 'Weight', s.weight),
       1, s.at, s.at, s.at
from spec s join wording w on w.id = s.id order by s.n;
insert into catalog.variant (id, product_id, store_id, sku, weight_grams,
                             created_at)
select s.id, s.id, 1, 'BN' || s.n, s.weight, s.at from spec s order by s.n;
insert into catalog.price (variant_id, currency, amount)
select s.id, 'EUR', s.price from spec s order by s.n;
insert into inventory.stock (variant_id, warehouse_id, product_id, store_id,
                             on_hand)
select s.id, (select min(w.id) from inventory.warehouse w
              where w.store_id = 1), s.id, 1, case when s.stocked then 25
                                                   else 0 end
from spec s order by s.n;
insert into inventory.shown (product_id, args, stamp)
select s.id, k.args, hashtext(k.args::text)
from spec s cross join lateral (
    select case when s.stocked then array['true', '10']
                else array['false', '0'] end as args) as k
order by s.n;
insert into search.sale (product_id, pieces)
select s.id, s.sold from spec s where s.sold > 0;

-- made anew when all are rendered
drop index search.fact_found, search.fact_sold, search.entry_newest,
    search.entry_rating, search.entry_price, search.entry_price_desc;
analyze catalog.product, catalog.variant, catalog.price, inventory.stock,
    catalog.category;
select min(id) || ' ' || max(id) from made;
