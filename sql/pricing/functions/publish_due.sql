create or replace function pricing.publish_due(size int)
    returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l pricing.price_list;
    store bigint;
    variants bigint[];
begin
    for l in
        update pricing.price_list t set settled_at = now()
        where t.id in (
            select p.id from pricing.price_list p
            where p.starts_at > p.settled_at and p.starts_at <= now()
                or p.ends_at > p.settled_at and p.ends_at <= now()
            order by p.id for no key update skip locked)
        returning t.*
    loop
        insert into pricing.stale (variant_id, store_id)
        select v, l.store_id
        from unnest(pricing.published_by(l.id)) as v order by v
        on conflict do nothing;
    end loop;

    select s.store_id into store from pricing.stale s limit 1;
    if not found then
        return 0;
    end if;
    with taken as (
        delete from pricing.stale s
        where s.variant_id in (
            select t.variant_id from pricing.stale t
            where t.store_id = store
            order by t.variant_id limit size for update skip locked)
        returning s.variant_id
    )
    select array_agg(t.variant_id order by t.variant_id) into variants
    from taken t;
    if variants is null then
        return 0;
    end if;
    perform pricing.publish(store, variants);
    return cardinality(variants);
end
$$;

comment on function pricing.publish_due is
    'shows the prices of lists that have changed, begun or ended, of at most'
    ' so many variants; the worker''s';
