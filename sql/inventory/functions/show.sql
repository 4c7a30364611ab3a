drop function if exists inventory.show(bigint, text, boolean, uuid, boolean);

create or replace function inventory.show(store bigint, ref text,
        reader boolean, member uuid, manager boolean)
    returns table (body text, etag text, tags text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select a.body::text,
           case when reader then inventory.print_of(r.product_id) else 0 end
               || '.' || to_hex(hashtext(a.body::text)),
           'product:' || r.product_id
    from catalog.rendered r
    cross join lateral (
        select case when reader then inventory.exact(r.product_id)
               else inventory.visible(r.product_id) end as body) as a
    where r.product_id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint
                         else catalog.product_of_slug(store, ref) end
    and r.store_id = store and r.fallback
    and (r.published or reader and (manager or coalesce(
         catalog.may_change(r.seller_id, member, manager), false)))
$$;

comment on function inventory.show is
    'GET /inventory/{product_id}: exact for readers of inventory, else what a'
    ' product shows';
