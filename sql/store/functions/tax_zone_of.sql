create or replace function store.tax_zone_of(p_store bigint, p_country text,
        p_region text, p_postal_code text)
    returns table (zone_id bigint, tax_included boolean)
    language sql stable parallel safe
as $$
    select z.id, z.tax_included
    from store.tax_area a
    join store.tax_zone z on z.id = a.zone_id
    where a.store_id = p_store
        and a.country in (p_country, '*')
        and a.region in ('', coalesce(p_region, ''))
        and starts_with(coalesce(p_postal_code, ''), a.postal_prefix)
    order by length(a.postal_prefix) desc, a.region = '', a.country = '*'
    limit 1
$$;

comment on function store.tax_zone_of is
    'the tax zone of an address: longest postal prefix, region, country';
