create or replace function "order".may_see(o "order".orders, p_actor uuid,
        p_cart uuid, p_staff boolean)
    returns boolean
    language sql stable
as $$
    select p_staff or coalesce(o.user_id = p_actor,
                               o.user_id is null and o.cart_id = p_cart,
                               false)
$$;

comment on function "order".may_see is
    'its owner, a guest with the cart that placed it, or the staff';
