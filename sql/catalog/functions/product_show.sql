create or replace function catalog.product_show(store bigint, ref text,
        currency text, reader uuid, manager boolean)
    returns table (body text, etag text, tags text)
    language sql stable
as $$
    select format(r.body, variadic s.args),
           r.version || '.' || to_hex(hashtext(s.args::text) # r.stamp::int),
           'product:' || r.product_id
    from catalog.rendered r, lateral (
        select array[(max(v.shown) > 0)::text]
               || array_agg(v.shown::text order by v.variant_id) as args
        from (select k.variant_id,
                     least(sum(k.shown), max(k.display_limit)) as shown
              from inventory.stock k where k.product_id = r.product_id
              group by k.variant_id) as v) as s
    where r.product_id = coalesce(
        case when ref ~ '^[0-9]{1,18}$' then ref::bigint end,
        (select p.id from catalog.product p
         where p.store_id = store and p.slug = ref and p.deleted_at is null))
    and r.currency = coalesce(product_show.currency,
        (select d.currency from store.store d where d.id = store))
    and r.store_id = store
    and (r.published or manager or r.seller_id = reader)
$$;

comment on function catalog.product_show is
    'a product by id or slug, with the stock of this moment; drafts are for'
    ' their seller (reader) and for managers';
