create or replace function pricing.publish_now(p_store bigint,
        p_variants bigint[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if cardinality(p_variants) <= 500 then
        perform pricing.publish(p_store, p_variants);
    else
        insert into pricing.stale (variant_id, store_id)
        select distinct v, p_store from unnest(p_variants) as v order by v
        on conflict do nothing;
    end if;
end
$$;

comment on function pricing.publish_now is
    'shows what everybody pays for variants: of a few at once, of many the'
    ' worker sees to it';
