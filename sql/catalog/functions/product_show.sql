create or replace function catalog.product_show(store bigint, ref text,
        currency text, reader uuid, manager boolean)
    returns table (body text, etag text, tags text)
    language sql stable
as $$
    select format(r.body, variadic h.args),
           r.version || '.' || to_hex(h.stamp # r.stamp::int),
           'product:' || r.product_id
    from catalog.rendered r
    join inventory.shown h on h.product_id = r.product_id
    where r.product_id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint
                         else catalog.product_of_slug(store, ref) end
    and (r.currency = product_show.currency
         or product_show.currency is null and r.fallback)
    and r.store_id = store
    and (r.published or manager or r.seller_id = reader)
$$;

comment on function catalog.product_show is
    'a product by id or slug, with the stock of this moment; drafts are for'
    ' their seller (reader) and for managers';
