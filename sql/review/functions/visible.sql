create or replace function review.visible(store bigint, id bigint, actor uuid,
                                          reads boolean, manager boolean)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when reads and catalog.may_change(p.seller_id, actor, manager)
            then 'staff'
        when r.user_id = actor then 'own'
        when r.status = 'published' then 'public' end
    from review.review r
    join catalog.product p on p.id = r.product_id
    where r.id = visible.id and r.store_id = store
$$;

comment on function review.visible is
    'as whom one sees a review: staff, own, public; null: not at all';
