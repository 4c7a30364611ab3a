create or replace function catalog.convert_prices(store bigint,
        products bigint[], currency text)
    returns bigint[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    base text := (select s.currency from store.store s where s.id = store);
    way record;
    moved bigint[];
begin
    select * into way from store.conversions(store) as c
        where c.currency = currency;
    if not found then
        with gone as (
            delete from catalog.price p
            using catalog.variant v
            where v.id = p.variant_id and v.product_id = any (products)
            and p.currency = currency and p.converted
            returning v.product_id
        )
        select array_agg(distinct g.product_id) into moved from gone g;
        return coalesce(moved, '{}');
    end if;
    with put as (
        insert into catalog.price as p (variant_id, currency, amount,
                                        compare_at, converted)
        select v.id, currency,
               store.converted(o.amount, way.rate, way.digits, way.step,
                               way.ending),
               store.converted(o.compare_at, way.rate, way.digits, way.step,
                               way.ending), true
        from catalog.variant v
        join catalog.price o on o.variant_id = v.id and o.currency = base
        where v.product_id = any (products)
        order by v.id
        on conflict on constraint price_pkey do update
        set amount = excluded.amount, compare_at = excluded.compare_at
        where p.converted and (p.amount, p.compare_at)
            is distinct from (excluded.amount, excluded.compare_at)
        returning p.variant_id
    )
    select array_agg(distinct v.product_id) into moved
        from put join catalog.variant v on v.id = put.variant_id;
    return coalesce(moved, '{}');
end
$$;

comment on function catalog.convert_prices is
    'makes converted prices of products in a currency what they should be, or'
    ' takes them away where the store does not convert: those that moved';
