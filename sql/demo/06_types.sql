-- Types of products, collections, German words, and some products of the
-- first brand that the second one shows.

insert into catalog.product_type (store_id, code, name, translations)
select s.id, t.code, t.name, t.words::jsonb
from store.store s
join (values
    (1, 'apparel', 'Clothes and shoes', '{"de": {"name": "Kleidung und Schuhe",
        "attributes": {"Brand": "Marke", "Made in": "Hergestellt in",
                       "Material": "Material"},
        "values": {"Cotton": "Baumwolle", "Wool": "Wolle", "Leather": "Leder",
                   "Linen": "Leinen",
                   "Recycled polyester": "Recyceltes Polyester"}}}'),
    (1, 'home', 'Home and kitchen', '{"de": {"name": "Haus und Küche",
        "attributes": {"Brand": "Marke", "Made in": "Hergestellt in",
                       "Material": "Material"},
        "values": {"Oak": "Eiche", "Stoneware": "Steinzeug", "Steel": "Stahl",
                   "Brass": "Messing", "Glass": "Glas"}}}'),
    (1, 'food', 'Food', '{"de": {"name": "Lebensmittel",
        "attributes": {"Brand": "Marke", "Made in": "Hergestellt in",
                       "Organic": "Bio"}}}'),
    (1, 'goods', 'Other goods', '{"de": {"name": "Andere Waren",
        "attributes": {"Brand": "Marke", "Made in": "Hergestellt in"}}}'),
    (2, 'goods', 'Goods', '{}')) as t (store_id, code, name, words)
    on t.store_id = s.id
order by s.id, t.code;

insert into catalog.attribute (type_id, code, name, kind, required,
                               filterable, choices, position)
select t.id, a.code, a.code, a.kind, a.required, true, a.choices, a.n
from catalog.product_type t
cross join lateral (
    select 1 as n, 'Brand' as code, 'text' as kind, true as required,
           null::text[] as choices
    union all
    select 2, 'Made in', 'text', true, null
    union all
    select 3, 'Material', 'choice', true, case t.code
        when 'home' then array['Oak', 'Stoneware', 'Steel', 'Brass', 'Glass']
        else array['Cotton', 'Wool', 'Leather', 'Linen',
                   'Recycled polyester'] end
    where t.code in ('apparel', 'home')
    union all
    select 3, 'Organic', 'boolean', true, null where t.code = 'food') as a
order by t.id, a.n;

update catalog.product p set type_id = t.id
from demo_product d
join catalog.product_type t on t.store_id = d.store_id
    and t.code = case when d.store_id = 2 then 'goods'
                      when d.department = 'fashion' then 'apparel'
                      when d.department in ('home', 'kitchen') then 'home'
                      when d.department = 'food' then 'food'
                      else 'goods' end
where d.id = p.id;

update catalog.category c
set translations = jsonb_build_object('de', jsonb_build_object('name', w.name))
from (values
    ('fashion', 'Mode'), ('shoes', 'Schuhe'), ('sports-shoes', 'Sportschuhe'),
    ('smart-shoes', 'Elegante Schuhe'), ('clothes', 'Kleidung'),
    ('hats', 'Hüte'), ('accessories', 'Accessoires'), ('bags', 'Taschen'),
    ('home', 'Wohnen'), ('furniture', 'Möbel'), ('lighting', 'Licht'),
    ('decoration', 'Dekoration'), ('bath', 'Bad und Pflege'),
    ('household', 'Haushalt'), ('kitchen', 'Küche'),
    ('cookware', 'Kochgeschirr'), ('tableware', 'Geschirr'),
    ('tea-coffee', 'Tee und Kaffee'), ('food', 'Essen'), ('fruit', 'Obst'),
    ('vegetables', 'Gemüse'), ('bakery', 'Backwaren'),
    ('sweets', 'Süßes'), ('pantry', 'Vorräte'), ('music', 'Musik'),
    ('strings', 'Saiteninstrumente'), ('audio', 'Audio'),
    ('electronics', 'Elektronik'), ('computers', 'Computer'),
    ('outdoors', 'Sport und Freizeit'), ('workshop', 'Werkstatt und Büro'),
    ('tools', 'Werkzeug'), ('stationery', 'Schreibwaren'),
    ('games', 'Spiele und Geschenke'), ('garden', 'Garten'),
    ('flowers', 'Blumen'), ('plants', 'Pflanzen')) as w (slug, name)
where c.slug = w.slug and c.store_id = 1;

insert into catalog.collection (store_id, slug, name, description, image,
    kind, rule, test, sort, position, translations)
select 1, c.slug, c.name, c.description, '/media/emoji/' || c.image || '.webp',
       case when c.rule is null then 'manual' else 'rule' end, c.rule::jsonb,
       case when c.rule is not null
            then catalog.rule_test(1, c.rule::jsonb) end,
       c.sort, c.position, jsonb_build_object('de', jsonb_build_object('name',
           c.german))
from (values
    (1, 'staff-picks', 'Staff picks', 'What we take home ourselves.',
     'sunflower', null, 'manual', 'Unsere Lieblinge'),
    (2, 'gifts', 'Gifts', 'For birthdays and the day before.',
     'gift', '{"conditions": [{"field": "tags", "op": "is",
        "value": "gift"}]}', 'rating', 'Geschenke'),
    (3, 'on-sale', 'On sale', 'Less than it was.', 'basket',
     '{"conditions": [{"field": "on_sale", "op": "is", "value": true}]}',
     'price', 'Angebote'),
    (4, 'linen-and-wool', 'Linen and wool', 'Natural cloth.', 'yarn',
     '{"match": "any", "conditions": [
        {"field": "attribute", "name": "Material", "op": "is",
         "value": "Linen"},
        {"field": "attribute", "name": "Material", "op": "is",
         "value": "Wool"}]}', 'newest', 'Leinen und Wolle'))
    as c (position, slug, name, description, image, rule, sort, german);

insert into catalog.collection_product (collection_id, product_id, position)
select c.id, d.id, row_number() over (order by d.h)
from catalog.collection c
join demo_product d on d.store_id = 1 and d.h % 97 = 3
where c.slug = 'staff-picks' and c.store_id = 1;

insert into catalog.product_store (product_id, store_id, category_id)
select d.id, 2, k.id
from demo_product d
join catalog.category k on k.store_id = 2 and k.slug = 'strings'
where d.store_id = 1 and d.category = 'strings' and d.h % 5 = 0;

update store.store s set shows = ' catalog:1'
where s.id = 2 and exists (select from catalog.product_store x
                           where x.store_id = 2);
