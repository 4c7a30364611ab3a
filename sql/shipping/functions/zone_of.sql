create or replace function shipping.zone_of(p_store bigint, p_country text,
        p_region text, p_postal_code text)
    returns table (zone_id bigint)
    language sql stable parallel safe
as $$
    select a.zone_id
    from shipping.area a
    where a.store_id = p_store
        and a.country in (p_country, '*')
        and a.region in ('', coalesce(p_region, ''))
        and store.postal_fits(store.postal(p_postal_code), a.postal_prefix,
                              a.postal_last)
    order by store.postal_depth(a.postal_prefix, a.postal_last) desc,
        a.postal_last is null, a.region = '', a.country = '*',
        a.postal_prefix desc
    limit 1
$$;

comment on function shipping.zone_of is
    'the shipping zone of an address: the postal code named most exactly, then'
    ' the region, then the country';
