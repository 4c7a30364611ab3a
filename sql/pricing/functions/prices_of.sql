create or replace function pricing.prices_of(p_store bigint, p_product text,
        p_currency text, p_user uuid)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    lists bigint[] := pricing.lists_for(p_store,
        pricing.groups_of(p_store, p_user));
    everybody bigint[] := pricing.lists_for(p_store, '{}');
    of_product bigint := case when p_product ~ '^[0-9]{1,18}$'
        then p_product::bigint
        else (select p.id from catalog.product p
              where p.store_id = p_store and p.slug = p_product
                  and p.deleted_at is null) end;
begin
    return query
    select jsonb_build_object('items', jsonb_agg(jsonb_build_object(
               'variant_id', o.variant_id::text, 'sku', o.sku,
               'price', api.money(coalesce(pricing.list_amount(lists,
                   o.variant_id, o.currency, 1), o.price), o.currency),
               'public_price', api.money(coalesce(pricing.list_amount(
                   everybody, o.variant_id, o.currency, 1), o.price),
                   o.currency),
               'compare_at_price', api.money(o.compare_at, o.currency),
               'lowest_price', api.money(pricing.lowest(o.variant_id,
                   o.currency), o.currency),
               'tiers', t.tiers) order by o.variant_id))::text
    from catalog.offer o
    cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object(
                   'min_quantity', q.quantity, 'price', api.money(
                       pricing.list_amount(lists, o.variant_id, o.currency,
                                           q.quantity), o.currency))
                   order by q.quantity), '[]') as tiers
        from (select distinct l.min_quantity as quantity
              from pricing.list_price l
              where l.variant_id = o.variant_id and l.currency = o.currency
                  and l.list_id = any (lists)) as q) as t
    where o.product_id = of_product and o.store_id = p_store
        and o.currency = coalesce(p_currency, (
            select s.currency from store.store s where s.id = p_store))
    having count(*) > 0;
end
$$;

comment on function pricing.prices_of is
    'GET /products/{product}/prices: what the caller pays for each variant, by'
    ' quantity, and the lowest price of 30 days';
