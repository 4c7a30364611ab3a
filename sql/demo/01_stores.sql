-- Two brands, two currencies, taxes and ways to ship.

update store.store
set name = 'Harbour & Hill',
    currencies = '{EUR,USD}',
    locales = '{en,de}',
    countries = array['DE'] || array_remove(countries, 'DE') || '{CH,GB,NO,US}',
    email = 'hello@harbour-and-hill.test',
    logo = '/media/emoji/lotus.webp',
    theme = '{
        "colors": {
            "accent": {"light": "#1d5c4d", "dark": "#7fd1bb"},
            "ring": {"light": "#1d5c4d", "dark": "#7fd1bb"}
        },
        "fonts": {"body": "inter", "heading": "fraunces"},
        "radius": "12px"
    }'
where id = 1;

insert into store.store (id, code, name, currency, currencies, locales,
                         countries, email, logo, theme)
select 2, 'northlight', 'Northlight', 'USD', '{USD,EUR}', '{en}',
       s.countries, 'hello@northlight.test', '/media/emoji/telescope.webp', '{
        "colors": {
            "accent": {"light": "#6b2fb3", "dark": "#cbaaff"},
            "ring": {"light": "#6b2fb3", "dark": "#cbaaff"}
        },
        "fonts": {"body": "system", "heading": "system"},
        "radius": "4px"
    }'
from store.store s where s.id = 1;

select setval(pg_get_serial_sequence('store.store', 'id'), 2);

insert into store.host (host, store_id) values
    ('localhost', 1), ('127.0.0.1', 1), ('harbour-and-hill.test', 1),
    ('brand2.localhost', 2), ('northlight.localhost', 2),
    ('northlight.test', 2);

insert into store.origin (store_id, origin) values
    (1, 'https://partner.test'), (2, 'https://partner.test');

insert into store.tax_class (store_id, code, name)
values (2, 'reduced', 'Reduced'), (2, 'zero', 'Zero')
on conflict do nothing;


-- taxes: standard and reduced rate by country; a sales tax by state in the
-- United States; none in the rest of the world
create temp table demo_tax (
    country text, region text, included boolean, name text,
    standard numeric, reduced numeric
) on commit drop;

insert into demo_tax values
    ('AT', '', true, 'MwSt.', 20, 10), ('BE', '', true, 'TVA', 21, 6),
    ('BG', '', true, 'VAT', 20, 9), ('CY', '', true, 'VAT', 19, 5),
    ('CZ', '', true, 'DPH', 21, 12), ('DE', '', true, 'MwSt.', 19, 7),
    ('DK', '', true, 'Moms', 25, 25), ('EE', '', true, 'VAT', 22, 9),
    ('ES', '', true, 'IVA', 21, 10), ('FI', '', true, 'ALV', 25.5, 14),
    ('FR', '', true, 'TVA', 20, 5.5), ('GR', '', true, 'VAT', 24, 13),
    ('HR', '', true, 'PDV', 25, 13), ('HU', '', true, 'ÁFA', 27, 5),
    ('IE', '', true, 'VAT', 23, 13.5), ('IT', '', true, 'IVA', 22, 10),
    ('LT', '', true, 'PVM', 21, 9), ('LU', '', true, 'TVA', 17, 8),
    ('LV', '', true, 'PVN', 21, 12), ('MT', '', true, 'VAT', 18, 5),
    ('NL', '', true, 'BTW', 21, 9), ('PL', '', true, 'VAT', 23, 8),
    ('PT', '', true, 'IVA', 23, 6), ('RO', '', true, 'TVA', 19, 9),
    ('SE', '', true, 'Moms', 25, 12), ('SI', '', true, 'DDV', 22, 9.5),
    ('SK', '', true, 'DPH', 20, 10), ('GB', '', true, 'VAT', 20, 0),
    ('CH', '', true, 'MwSt.', 8.1, 2.6), ('NO', '', true, 'MVA', 25, 15),
    ('US', '', false, 'Sales tax', 0, 0),
    ('US', 'CA', false, 'California sales tax', 7.25, 0),
    ('US', 'NY', false, 'New York sales tax', 4, 0),
    ('US', 'TX', false, 'Texas sales tax', 6.25, 0),
    ('*', '', false, 'Export', 0, 0);

insert into store.tax_zone (store_id, name, tax_included)
select s.id, concat_ws('-', t.country, nullif(t.region, '')), t.included
from store.store s, demo_tax t order by s.id, t.country, t.region;

insert into store.tax_area (store_id, country, region, zone_id)
select z.store_id, t.country, t.region, z.id
from demo_tax t
join store.tax_zone z
    on z.name = concat_ws('-', t.country, nullif(t.region, ''));

insert into store.tax_rate (zone_id, store_id, tax_class, name, rate)
select z.id, z.store_id, c.code, t.name, c.rate
from demo_tax t
join store.tax_zone z
    on z.name = concat_ws('-', t.country, nullif(t.region, ''))
cross join lateral (values ('standard', t.standard), ('reduced', t.reduced))
    as c (code, rate)
where c.rate > 0;


-- shipping: home, Europe, world; by weight, free from 50.00 at home
delete from shipping.method where store_id = 1;
delete from shipping.zone where store_id = 1;

insert into shipping.zone (store_id, name)
select s.id, z.name
from store.store s, (values (1, 'Home'), (2, 'Europe'), (3, 'World'))
    as z (n, name)
order by s.id, z.n;

insert into shipping.area (store_id, country, zone_id)
select z.store_id, c.country, z.id
from shipping.zone z
cross join lateral (
    select 'DE' as country where z.name = 'Home'
    union all
    select t.country from demo_tax t
    where z.name = 'Europe' and t.country not in ('DE', 'US', '*')
    union all
    select '*' where z.name = 'World') as c;

insert into shipping.method (store_id, code, name, estimated_days, tax_class,
                             position)
select s.id, m.code, m.name, m.days, 'standard', m.n
from store.store s, (values
    (1, 'standard', 'Standard delivery', 3),
    (2, 'express', 'Express delivery', 1)) as m (n, code, name, days)
order by s.id, m.n;

insert into shipping.rate (method_id, zone_id, currency, amount, min_subtotal,
                           max_grams)
select m.id, z.id, c.currency, r.amount, r.min_subtotal, r.max_grams
from shipping.method m
join shipping.zone z on z.store_id = m.store_id
join (values
    ('standard', 'Home', 490, 0, 10000), ('standard', 'Home', 0, 5000, 30000),
    ('standard', 'Home', 2990, 0, null), ('standard', 'Europe', 990, 0, 10000),
    ('standard', 'Europe', 4990, 0, null),
    ('standard', 'World', 1990, 0, 10000),
    ('standard', 'World', 8990, 0, null),
    ('express', 'Home', 1290, 0, 30000), ('express', 'Europe', 2490, 0, 30000))
    as r (code, zone, amount, min_subtotal, max_grams)
    on r.code = m.code and r.zone = z.name
cross join (values ('EUR'), ('USD')) as c (currency);
