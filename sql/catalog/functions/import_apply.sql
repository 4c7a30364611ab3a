create or replace function catalog.import_apply(store store.store, actor uuid,
        seller uuid, columns text[], rows catalog.import_row[])
    returns void
    language plpgsql volatile
as $$
declare
    touched bigint[];
begin
    perform from catalog.product p
        where p.id = any (array(select r.product_id from unnest(rows) as r
                                where not r.made))
        order by p.id for no key update;

    perform catalog.import_products(store, seller, rows);
    perform catalog.import_slugs(store.id, rows);
    touched := catalog.import_variants(store.id, columns, rows);
    touched := touched || catalog.import_prices(store, rows);
    perform catalog.import_stock(store, actor, rows);
    if 'images' = any (columns) then
        touched := touched || catalog.import_images(rows);
    end if;
    touched := array(
        select distinct u.id
        from (select unnest(catalog.import_change(store.id, rows, touched
                  || array(select r.product_id from unnest(rows) as r
                           where r.added))) as id
              union all
              select r.product_id from unnest(rows) as r where r.made) as u
        order by u.id);

    insert into ops.audit (store_id, actor, action, subject, after)
    select store.id, actor, case when bool_or(r.made) then 'product.add'
               else 'product.change' end, 'product:' || r.product_id,
           jsonb_build_object('import', jsonb_agg(r.cells order by r.line))
    from unnest(rows) as r
    where r.product_id = any (touched)
    group by r.product_id
    order by r.product_id;

    -- last of all: what renders, indexes and announces them
    perform catalog.announce(touched, not exists (
                select from unnest(rows) as r where not r.made))
        where touched <> '{}';
end
$$;

comment on function catalog.import_apply is
    'writes rows that were judged: all of them, or none; of a product that rows'
    ' leave as it is nobody hears';
