drop function if exists catalog.render_bodies(bigint[]);

create or replace function catalog.render_bodies(products bigint[],
                                                 made boolean default false)
    returns void
    language plpgsql volatile
as $$
begin
    if made then
        insert into catalog.rendered (product_id, currency, store_id, version,
                                      published, seller_id, stamp, body,
                                      fallback)
        select * from catalog.bodies_of(products);
        return;
    end if;
    delete from catalog.rendered r
    where r.product_id = any (products) and not exists (
        select from catalog.product p
        join catalog.place q on q.product_id = p.id
            and q.store_id = r.store_id
        join store.store s on s.id = q.store_id
        where p.id = r.product_id and p.deleted_at is null
        and r.currency = any (s.currencies));

    insert into catalog.rendered (product_id, currency, store_id, version,
                                  published, seller_id, stamp, body,
                                  fallback)
    select * from catalog.bodies_of(products)
    on conflict (product_id, store_id, currency) do update
    set version = excluded.version, published = excluded.published,
        seller_id = excluded.seller_id, stamp = excluded.stamp,
        body = excluded.body, fallback = excluded.fallback;
end
$$;

comment on function catalog.render_bodies is
    'keeps the detail of products; made: they are new, and nobody else knows'
    ' of them';
