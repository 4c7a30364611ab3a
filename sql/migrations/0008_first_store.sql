-- A shop has a store from its first start: the one of unknown hosts.

insert into store.store (id, code, name, is_default, currency, currencies,
                         countries)
values (1, 'main', 'Shop', true, 'EUR', '{EUR}',
        '{AT,BE,BG,CY,CZ,DE,DK,EE,ES,FI,FR,GR,HR,HU,IE,IT,LT,LU,LV,MT,NL,PL,PT,RO,SE,SI,SK}');

select setval(pg_get_serial_sequence('store.store', 'id'), 1);

insert into store.tax_class (store_id, code, name) values
    (1, 'standard', 'Standard'), (1, 'reduced', 'Reduced'),
    (1, 'zero', 'Zero');

insert into inventory.warehouse (store_id, code, name) values
    (1, 'main', 'Main warehouse');

with z as (
    insert into shipping.zone (store_id, name) values (1, 'Everywhere')
    returning id
), a as (
    insert into shipping.area (store_id, country, zone_id)
    select 1, '*', id from z
), m as (
    insert into shipping.method (store_id, code, name, estimated_days,
                                 tax_class)
    values (1, 'standard', 'Standard delivery', 3, 'standard')
    returning id
)
insert into shipping.rate (method_id, zone_id, currency, amount)
select m.id, z.id, 'EUR', 490 from m, z;
