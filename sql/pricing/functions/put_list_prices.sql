create or replace function pricing.put_list_prices(p_store bigint,
        p_list bigint, p_actor uuid, p_version bigint, p_prices jsonb,
        p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l pricing.price_list;
    s store.store := (select t from store.store t where t.id = p_store);
    p record;
    variants bigint[] := '{}';
begin
    l := pricing.list_locked(p_store, p_list, p_version);
    for p in
        select u.n - 1 as place, coalesce((
                   select v.id from catalog.variant v
                   where v.id = case when u.value ->> 'variant_id'
                           ~ '^[0-9]{1,18}$'
                           then (u.value ->> 'variant_id')::bigint end
                       and v.store_id = p_store and v.deleted_at is null), (
                   select v.id from catalog.variant v
                   where v.store_id = p_store and v.sku = u.value ->> 'sku'
                       and v.deleted_at is null)) as variant_id,
               coalesce(u.value #>> '{price,currency}',
                        u.value ->> 'currency', s.currency) as currency,
               case jsonb_typeof(u.value -> 'price')
                   when 'object' then u.value #>> '{price,amount}'
                   when 'number' then u.value ->> 'price' end::bigint
               as amount,
               coalesce((u.value ->> 'min_quantity')::int, 1) as min_quantity
        from jsonb_array_elements(p_prices) with ordinality as u (value, n)
        order by variant_id, u.n
    loop
        if p.variant_id is null then
            perform api.fail('PG422', 'There is no such variant.',
                format('/prices/%s/variant_id', p.place));
        elsif p.currency <> all (s.currencies) then
            perform api.fail('PG422', format('This store sells in %s.',
                array_to_string(s.currencies, ', ')),
                format('/prices/%s/price', p.place));
        end if;
        if p.min_quantity = 1 then
            variants := variants || p.variant_id;
        end if;
        if p.amount is null then
            delete from pricing.list_price t
            where t.list_id = p_list and t.variant_id = p.variant_id
                and t.currency = p.currency
                and t.min_quantity = p.min_quantity;
        else
            insert into pricing.list_price (list_id, variant_id, currency,
                                            min_quantity, amount)
            values (p_list, p.variant_id, p.currency, p.min_quantity,
                    p.amount)
            on conflict (variant_id, currency, list_id, min_quantity)
            do update set amount = excluded.amount;
        end if;
    end loop;
    update pricing.price_list t
    set version = t.version + 1, updated_at = now()
    where t.id = p_list;
    if not exists (select from pricing.list_group g
                   where g.list_id = p_list)
    then
        perform pricing.publish_now(p_store, variants);
    end if;
    perform ops.record(p_store, p_actor, 'price_list.prices_changed',
        'price_list:' || p_list, null, p_prices, p_address, p_request);
    return query select 200, b.body, b.etag, null::text, null::text, false
    from pricing.list_show(p_store, p_list) as b;
end
$$;

comment on function pricing.put_list_prices is
    'PATCH /price-lists/{list}/prices: sets prices, or removes those whose'
    ' price is null, all or none';
