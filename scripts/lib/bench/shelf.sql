-- Products :low to :high of the million, whose ids begin after :base: a few
-- leaves, brands, colours and words are in very many of them, most are rare.
-- What lists and search read is written at once, as search.index() would
-- (checked at the end); offers and bodies are rendered of one in fifty, for
-- the details.

\set ON_ERROR_STOP on
set session_replication_role = replica;
set synchronous_commit = off;
set work_mem = '128MB';
set client_min_messages = warning;
\ir words.sql

create temp table leaf as
select c.id, c.path, c.name, p.name as above, q.name as root, c.slug,
       array(select k.id from unnest(c.path) with ordinality as u (id, n)
             join search.key k on k.store_id = 1 and k.token = '/' || u.id
             order by u.n) as keys,
       row_number() over (order by c.slug) - 1 as n
from catalog.category c
join catalog.category p on p.id = c.parent_id
join catalog.category q on q.id = p.parent_id
where c.store_id = 1 and c.slug ~ '^bench-[0-9]-[0-9]-[0-9]$';

create temp table spec as
select :base + g.n as id, g.n, l.id as leaf, l.path, l.keys as above, l.name as noun,
       lower(concat_ws(' ', l.root, l.above, l.name)) as shelf,
       initcap(pg_temp.word(1300 + pg_temp.skewed(g.n, 2, 400))) as brand,
       (array['Black', 'White', 'Grey', 'Blue', 'Red', 'Green', 'Brown',
              'Beige', 'Pink', 'Yellow', 'Purple', 'Orange'])
           [1 + pg_temp.skewed(g.n, 3, 12)] as color,
       (array['Cotton', 'Steel', 'Wood', 'Glass', 'Leather', 'Plastic',
              'Wool', 'Ceramic'])[1 + pg_temp.h(g.n, 4) % 8] as material,
       10 * (1 + pg_temp.skewed(g.n, 5, 2000)) as weight,
       99 + 100 * pg_temp.skewed(g.n, 6, 5000)::bigint as price,
       pg_temp.h(g.n, 7) % 20 <> 0 as stocked,
       case when pg_temp.h(g.n, 8) % 50 = 0
            then pg_temp.skewed(g.n, 9, 500) else 0 end as sold,
       timestamptz '2020-01-01 00:00Z'
           + make_interval(secs => pg_temp.h(g.n, 10) % 180000000) as at,
       initcap(pg_temp.word(pg_temp.h(g.n, 11) % 900)) as title,
       (select string_agg(pg_temp.word(w.n), ' ')
        from (select pg_temp.skewed(g.n, 100 + k, 4800) as n
              from generate_series(1, 25) as k offset 0) as w) as about
from generate_series(:low, :high) as g (n)
join leaf l on l.n = pg_temp.skewed(g.n, 1, 1000);

insert into catalog.product (id, store_id, slug, name, description,
    category_id, tax_class, attributes, version, published_at, created_at,
    updated_at)
select s.id, 1, 'bench-' || s.n,
       s.brand || ' ' || s.title || ' ' || s.noun || ' ' || s.n,
       s.about || '.', s.leaf, 'standard',
       jsonb_build_object('Brand', s.brand, 'Color', s.color,
                          'Material', s.material, 'Weight', s.weight),
       1, s.at, s.at, s.at
from spec s order by s.n;
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

insert into search.entry (product_id, currency, store_id, category_path,
    tokens, labels, in_stock, price, newest, rating, card)
select s.id, 'EUR', 1, s.path,
       array[lower('brand=' || s.brand), lower('color=' || s.color),
             lower('material=' || s.material),
             '~weight~' || search.number_step(s.weight),
             '$' || search.price_range(s.price, 2)],
       array['Brand=' || s.brand, 'Color=' || s.color,
             'Material=' || s.material,
             'Weight~' || search.number_step(s.weight), ''],
       s.stocked, s.price, (extract(epoch from s.at) * 1000000)::bigint, 0,
       left(json_build_object(
           'id', s.id::text, 'slug', p.slug, 'name', p.name,
           'category', json_build_object('id', s.leaf::text, 'slug', l.slug,
                                         'name', s.noun),
           'price', api.money(s.price, 'EUR'),
           'compare_at_price', null, 'images', json_build_array(),
           'rating', catalog.rating(p.rating_counts), 'variants', 1,
           'seller_id', null, 'created_at', api.time(s.at),
           'updated_at', api.time(s.at))::text, -1) || ', "in_stock" : '
from spec s
join catalog.product p on p.id = s.id
join leaf l on l.id = s.leaf
order by s.n;

create temp table currency as
select u.code, u.n from store.store t,
    unnest(t.currencies) with ordinality as u (code, n) where t.id = 1;
create temp table key as
select k.token, k.id from search.key k where k.store_id = 1;
create temp table wording as
select s.id, lower(concat_ws(' ', s.brand, s.title, s.noun, s.n)) as names,
       lower(concat_ws(' ', s.shelf, s.brand, s.color, s.material)) as kinds,
       s.about, 'bn' || s.n as sku,
       (select search.language(t.locales[1]) from store.store t
        where t.id = 1) as config
from spec s;
analyze spec, wording, key;
insert into search.fact (product_id, store_id, newest, rating, sold,
    in_stock, path, shown, prices, keys, start, head, numbers, words,
    vocabulary)
select s.id, 1, (extract(epoch from s.at) * 1000000)::bigint, 0,
       search.scale(s.sold), s.stocked, s.above,
       search.sort(array[brand.id, color.id, material.id, weight.id,
                         range.id]),
       (select array_agg(case u.code when 'EUR' then s.price end order by u.n)
        from currency u),
       search.sort(s.above || array[brand.id, color.id, material.id,
                                    weight.id, step.id, part.id]
                   || case when s.stocked then '{}'
                           else array[gone.id] end),
       left(w.names, 60), h.head, jsonb_build_object('weight', s.weight),
       strip(to_tsvector(w.config, w.about) || h.head),
       array(select distinct v
             from unnest(string_to_array(concat_ws(' ', w.names, w.kinds,
                                                   w.about), ' ')) as v
             where length(v) between 2 and 40 and v !~ '^[0-9]')
from spec s
join wording w on w.id = s.id
join key brand on brand.token = lower('brand=' || s.brand)
join key color on color.token = lower('color=' || s.color)
join key material on material.token = lower('material=' || s.material)
join key weight on weight.token = '~weight~' || search.number_step(s.weight)
join key range on range.token = 'EUR$' || search.price_range(s.price, 2)
join key step on step.token = 'EUR~' || width_bucket(s.price,
                                                     search.price_steps())
join key part on part.token = '%' || mod(s.id, 256)
join key gone on gone.token = '!'
cross join lateral (
    select setweight(to_tsvector(w.config, w.names), 'A')
        || setweight(to_tsvector(w.config, w.kinds), 'B')
        || setweight(to_tsvector('simple', w.sku), 'A') as head
    offset 0) as h
order by s.n;

select catalog.render_offers(array(select s.id from spec s
                                   where s.n % 50 = 0)) \g /dev/null
select catalog.render_bodies(array(select s.id from spec s
                                   where s.n % 50 = 0)) \g /dev/null
