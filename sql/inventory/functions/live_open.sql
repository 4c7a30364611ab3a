create or replace function inventory.live_open(store bigint, product bigint,
        after bigint)
    returns table (seq bigint, type text, data text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select r.seq, r.type, r.data
    from catalog.rendered p
    left join lateral (
        select * from inventory.live_read(array[product], array[after])
    ) as r on true
    where p.product_id = product and p.store_id = store and p.fallback
        and p.published;
end
$$;

comment on function inventory.live_open is
    'what is shown of the stock of a product, if it is newer than what is'
    ' known: no row when there is no such product, a row of nulls when nothing'
    ' is new';
