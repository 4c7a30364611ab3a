create or replace function review.wanted(o "order".orders)
    returns table (name text, slug text, place int)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select p.name, p.slug, min(l.position)
    from "order".line l
    join catalog.product p on p.id = l.product_id and p.deleted_at is null
    where l.order_id = o.id
    and o.status not in ('cancelled', 'refunded', 'returned')
    and exists (select from catalog.rendered d
                where d.product_id = p.id and d.store_id = o.store_id
                and d.published)
    and not exists (select from review.review r
                    where r.product_id = p.id and r.user_id = o.user_id)
    group by p.id
    order by 3 limit 10
$$;

comment on function review.wanted is
    'the products of an order that its buyer can still review';
