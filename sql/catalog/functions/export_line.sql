drop function if exists catalog.export_line(catalog.product, store.store,
    text[]);

create or replace function catalog.export_line(product catalog.product,
        store store.store, others text[], home bigint)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select string_agg(catalog.csv_line(
               array[product.slug, v.sku]
               || case when v.n = 1 then array[product.name,
                   product.description, product.status, (
                       select case when c.removed then (
                           select u.slug from catalog.category u
                           where u.id = any (c.path) and not u.removed
                           order by cardinality(u.path) desc limit 1)
                           else c.slug end
                       from catalog.category c
                       where c.id = product.category_id), (
                       select t.code from catalog.product_type t
                       where t.id = product.type_id), product.tax_class]
                  else array_fill(null::text, array[6]) end
               || array[store.currency, a.amount::text, a.compare_at::text]
               || array(select b.amount::text
                        from unnest(others) with ordinality as o (code, n)
                        left join catalog.price b on b.variant_id = v.id
                            and b.currency = o.code
                        order by o.n)
               || array[(select s.on_hand::text from inventory.stock s
                         where s.variant_id = v.id
                         and s.warehouse_id = home), v.barcode,
                   v.weight_grams::text, v.requires_shipping::text]
               || case when v.min_quantity > 1 or v.max_quantity is not null
                       or v.quantity_step > 1
                  then array[v.min_quantity, v.max_quantity,
                             v.quantity_step]::text[]
                  else array_fill(null::text, array[3]) end
               || case when v.n = 1 then array[
                   catalog.exact_time(product.publish_at),
                   catalog.exact_time(product.unpublish_at),
                   array_to_string(product.tags, '|'), (
                       select string_agg(i.url, '|' order by i.position, i.id)
                       from catalog.image i where i.product_id = product.id)]
                  else array_fill(null::text, array[4]) end
               || nullif(catalog.variant_options(product.id, v.options)::text,
                         '{}')
               || case when v.n = 1 then array[
                   nullif(product.attributes::text, '{}'),
                   nullif(product.seo::text, '{}'),
                   nullif(product.metadata::text, '{}'),
                   nullif(product.translations::text, '{}')]
                  else array_fill(null::text, array[4]) end), '' order by v.n)
    from (select w.*, row_number() over (order by w.position, w.id) as n
          from catalog.variant w
          where w.product_id = product.id and w.deleted_at is null) as v
    left join catalog.price a on a.variant_id = v.id
        and a.currency = store.currency
$$;

comment on function catalog.export_line is
    'the lines of a product, one a variant: the first has what the product is,'
    ' too; stock is that of one warehouse';
