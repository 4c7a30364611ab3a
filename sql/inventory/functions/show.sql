drop function if exists inventory.show(bigint, text, boolean, uuid, boolean);

create or replace function inventory.show(store bigint, ref text,
        reader boolean, member uuid, manager boolean)
    returns table (body text, etag text, tags text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select a.body::text,
           case when reader then inventory.print_of(p.id) else 0 end || '.'
               || to_hex(hashtext(a.body::text)),
           'product:' || p.id
    from catalog.product p
    cross join lateral (
        select case when reader then inventory.exact(p.id)
               else inventory.visible(p.id) end as body) as a
    where p.id = coalesce(
        case when ref ~ '^[0-9]{1,18}$' then ref::bigint end,
        (select s.id from catalog.product s
         where s.store_id = store and s.slug = ref and s.deleted_at is null))
    and p.store_id = store and p.deleted_at is null
    and (p.status = 'published' or reader and (manager or coalesce(
         catalog.may_change(p.seller_id, member, manager), false)))
$$;

comment on function inventory.show is
    'GET /inventory/{product_id}: exact for readers of inventory, else what a'
    ' product shows';
