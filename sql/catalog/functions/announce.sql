drop function if exists catalog.announce(bigint[]);

create or replace function catalog.announce(products bigint[],
                                            made boolean default false)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = on
    set plan_cache_mode = force_generic_plan
as $$
begin
    perform catalog.render(products, made);

    insert into ops.outbox (topic, key, seq, type, store_id, data)
    select 'shop.catalog', p.id::text, p.version, 'product.changed',
           p.store_id, jsonb_build_object('product_id', p.id::text,
               'slug', p.slug, 'version', p.version,
               'status', case when p.deleted_at is null then p.status
                              else 'deleted' end)
    from catalog.product p
    where p.id = any (products)
    order by p.id;
    perform catalog.drop_products(products, made);
end
$$;

comment on function catalog.announce is
    'products of a new version are rendered and indexed, and everybody hears'
    ' of it; made: all of them are new';
