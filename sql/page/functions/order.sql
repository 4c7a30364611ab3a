create or replace function page."order"(store bigint, actor uuid, cart uuid,
                                        ref text, base text)
    returns setof page.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select m.*
    from (select case when ref ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
                      then ref::uuid end as id) as wanted
    left join "order".orders o on o.id = wanted.id
        and o.store_id = "order".store
        and (o.user_id = actor or (o.user_id is null and o.cart_id = cart))
    cross join lateral page.make(store, actor, 'order',
        coalesce('Order ' || o.number, 'Your order'), null, null,
        case when o.id is null then ''
             else ', "order": ' || "order".show(o) end,
        robots => 'noindex',
        status => case when o.id is null then 404 else 200 end) as m;
end
$$;

comment on function page."order" is
    'an order, for its account or for the cart that placed it; others are'
    ' asked to sign in';
