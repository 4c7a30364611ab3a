create or replace function cart.render_terms(p_store bigint)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- one after the other: each sees what those before it have changed
    perform from store.store s where s.id = p_store for no key update;
    delete from cart.terms t where t.store_id = p_store;
    insert into cart.terms
    select t.*
    from store.store s
    cross join unnest(array[null] || s.countries) as c (country)
    cross join unnest(array[null] || s.currencies) as m (currency)
    cross join lateral (
        select null union all
        select a.region from (
            select a.country, a.region from store.tax_area a
            where a.store_id = s.id
            union
            select a.country, a.region from shipping.area a
            where a.store_id = s.id) as a
        where a.country in (coalesce(c.country, s.countries[1]), '*')
            and a.region <> ''
        group by a.region
    ) as r (region)
    cross join lateral cart.terms_of(s.id, c.country, r.region, null,
                                     m.currency) as t
    where s.id = p_store;
end
$$;

comment on function cart.render_terms is
    'keeps the terms of the addresses that a store serves';
