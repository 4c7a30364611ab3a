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
        and starts_with(coalesce(p_postal_code, ''), a.postal_prefix)
    order by length(a.postal_prefix) desc, a.region = '', a.country = '*'
    limit 1
$$;

comment on function shipping.zone_of is
    'the shipping zone of an address: longest postal prefix, region, country';
