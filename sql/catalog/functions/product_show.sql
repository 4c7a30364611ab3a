drop function if exists catalog.product_show(bigint, text, text, uuid,
                                             boolean);

create or replace function catalog.product_show(store bigint, ref text,
        currency text, locale text, reader uuid, manager boolean)
    returns table (body text, etag text, tags text)
    language sql stable
as $$
    select b.body,
           r.version || '.' || to_hex(case when locale is null
               then h.stamp # r.stamp::int else hashtext(b.body) end),
           'product:' || r.product_id || ' names:' || store
    from catalog.rendered r
    join inventory.shown h on h.product_id = r.product_id
    cross join lateral (
        select case when locale is null then format(r.body, variadic h.args)
               else catalog.localized(format(r.body, variadic h.args),
                                      r.product_id, locale) end as body) as b
    where r.product_id = case when translate(ref, '0123456789', '') = ''
                                   and length(ref) between 1 and 18
                         then ref::bigint
                         else catalog.product_of_slug(store, ref) end
    and (r.currency = product_show.currency
         or product_show.currency is null and r.fallback)
    and r.store_id = store
    and (r.published or manager or r.seller_id = reader)
$$;

comment on function catalog.product_show is
    'a product by id or slug, with the stock of this moment; drafts are for'
    ' their seller (reader) and for managers';
