drop function if exists search.index(bigint[]);

create or replace function search.index(products bigint[],
                                        made boolean default false)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = on
    set plan_cache_mode = force_generic_plan
as $$
begin
    if not made then
        delete from search.entry e
            where e.product_id = any (products) and not exists (
                select from catalog.offer o where o.product_id = e.product_id
                and o.store_id = e.store_id and o.currency = e.currency);
        delete from search.fact f
            where f.product_id = any (products) and not exists (
                select from catalog.offer o where o.product_id = f.product_id
                and o.store_id = f.store_id);
    end if;

    perform search.index_entries(products, made);
    perform search.index_facts(products, made);
end
$$;

comment on function search.index is
    'indexes products for lists, filters and text, after their offers; made:'
    ' they are new';
