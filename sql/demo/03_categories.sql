-- The tree of both stores.  A department is a root; demo_item in 04 names the
-- category of each kind of product.

create temp table demo_category (
    position int generated always as identity,
    slug text, parent text, name text, image text, description text
) on commit drop;

insert into demo_category (slug, parent, name, image, description) values
    ('fashion', null, 'Fashion', 'coat', 'Clothes, shoes and bags that are worn for years.'),
    ('shoes', 'fashion', 'Shoes', 'running-shoe', 'From the trail to the dance floor.'),
    ('sports-shoes', 'shoes', 'Sports shoes', 'running-shoe', 'Running, hiking, skating.'),
    ('smart-shoes', 'shoes', 'Smart shoes', 'mans-shoe', 'For the office and the evening.'),
    ('clothes', 'fashion', 'Clothes', 't-shirt', 'Everyday pieces in good cloth.'),
    ('hats', 'fashion', 'Hats', 'top-hat', 'Something for every head and weather.'),
    ('accessories', 'fashion', 'Accessories', 'watch', 'Watches, glasses and jewellery.'),
    ('bags', 'fashion', 'Bags', 'backpack', 'For a day or for a year abroad.'),
    ('home', null, 'Home', 'sofa', 'Furniture, light and the small things that make a room.'),
    ('furniture', 'home', 'Furniture', 'chair', 'Built to be repaired.'),
    ('lighting', 'home', 'Lighting', 'lamp', 'Warm light for long evenings.'),
    ('decoration', 'home', 'Decoration', 'amphora', 'Clocks, frames and friends of the shelf.'),
    ('bath', 'home', 'Bath & care', 'soap', 'Towels, soap and brushes.'),
    ('household', 'home', 'Household', 'basket', 'Tools of a tidy home.'),
    ('kitchen', null, 'Kitchen', 'cooking-pan', 'To cook, to serve, to share.'),
    ('cookware', 'kitchen', 'Cookware', 'cooking-pan', 'Pots, pans and knives.'),
    ('tableware', 'kitchen', 'Tableware', 'plate', 'Plates, bowls and glasses.'),
    ('tea-coffee', 'kitchen', 'Tea & coffee', 'teapot', 'The first cup of the day.'),
    ('food', null, 'Food', 'strawberry', 'From farms we know by name.'),
    ('fruit', 'food', 'Fruit', 'peach', 'Picked ripe.'),
    ('vegetables', 'food', 'Vegetables', 'carrot', 'With the soil brushed off.'),
    ('bakery', 'food', 'Bakery', 'croissant', 'Out of the oven this morning.'),
    ('sweets', 'food', 'Sweets', 'chocolate', 'A little too good.'),
    ('pantry', 'food', 'Pantry', 'cheese', 'Cheese, honey and other staples.'),
    ('music', null, 'Music', 'guitar', 'Instruments and sound.'),
    ('strings', 'music', 'Strings', 'violin', 'Guitars, violins, banjos.'),
    ('wind-percussion', 'music', 'Wind & percussion', 'trumpet', 'To blow and to beat.'),
    ('audio', 'music', 'Audio', 'headphone', 'Headphones, microphones, radios.'),
    ('electronics', null, 'Electronics', 'laptop', 'Devices that stay useful.'),
    ('computers', 'electronics', 'Computers', 'laptop', 'Desks and laps.'),
    ('photo-video', 'electronics', 'Photo & video', 'camera', 'To keep the moment.'),
    ('gaming', 'electronics', 'Gaming', 'game-controller', 'One more round.'),
    ('optics', 'electronics', 'Optics', 'telescope', 'Near and far.'),
    ('outdoors', null, 'Sport & outdoors', 'tent', 'Out of the door.'),
    ('ball-sports', 'outdoors', 'Ball sports', 'football', 'Kick, throw, hit.'),
    ('winter-sports', 'outdoors', 'Winter sports', 'skis', 'For snow and ice.'),
    ('cycling-skating', 'outdoors', 'Cycling & skating', 'bicycle', 'On wheels.'),
    ('camping-water', 'outdoors', 'Camping & water', 'canoe', 'Tents, canoes, compasses.'),
    ('workshop', null, 'Workshop & desk', 'toolbox', 'To make, mend and write.'),
    ('tools', 'workshop', 'Tools', 'hammer', 'Steel that holds its edge.'),
    ('sewing-painting', 'workshop', 'Sewing & painting', 'palette', 'Thread, brush and colour.'),
    ('stationery', 'workshop', 'Stationery', 'fountain-pen', 'Paper and ink.'),
    ('games', 'workshop', 'Games & gifts', 'chess-pawn', 'For the table and under the tree.'),
    ('garden', null, 'Garden', 'sunflower', 'Green and in bloom.'),
    ('flowers', 'garden', 'Flowers', 'tulip', 'Cut this morning.'),
    ('plants', 'garden', 'Plants', 'cactus', 'They grow on you.');

-- each parent stands before what is below it
insert into catalog.category (store_id, slug, name, description, image,
                              position, path)
select s.id, c.slug, c.name, c.description,
       '/media/emoji/' || c.image || '.webp', c.position, '{}'
from store.store s, demo_category c
where s.id = 1 or c.slug in ('music', 'electronics', 'outdoors')
or c.parent in ('music', 'electronics', 'outdoors')
order by s.id, c.position;

update catalog.category k
set parent_id = p.id
from demo_category c join catalog.category p on p.slug = c.parent
where k.slug = c.slug and p.store_id = k.store_id
and not exists (select from demo_category r
                where r.slug = c.parent and r.parent is not null);

update catalog.category k
set parent_id = p.id
from demo_category c join catalog.category p on p.slug = c.parent
where k.slug = c.slug and p.store_id = k.store_id and k.parent_id is null;
