drop function if exists catalog.render(bigint[]);

create or replace function catalog.render(products bigint[],
                                          made boolean default false)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = on
    set plan_cache_mode = force_generic_plan
as $$
begin
    perform catalog.render_bodies(products, made);
    perform catalog.render_offers(products, made);
    perform catalog.collect(products);
    perform search.index(products, made);
end
$$;

comment on function catalog.render is
    'renders products anew: what detail, cart, collections, lists and search'
    ' read; made: they are new, and nobody else knows of them';
