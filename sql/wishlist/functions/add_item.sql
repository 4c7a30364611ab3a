create or replace function wishlist.add_item(store bigint, actor uuid,
                                             ref text, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    most constant int := 500;
    l wishlist.list := wishlist.opened(store, actor, ref);
    money text := wishlist.currency_of(store, null);
    o record;
    i wishlist.item;
    fresh boolean;
begin
    o := wishlist.wanted(store, money, document);
    select t.* into i from wishlist.item t
        where t.list_id = l.id and t.product_id = o.product_id
        and t.variant_id is not distinct from o.variant_id;
    fresh := not found;
    if fresh and (select count(*) from wishlist.item t
                  where t.list_id = l.id) >= most
    then
        perform api.fail('WL409', format('A list has at most %s items.',
                                         most));
    end if;
    insert into wishlist.item as t (list_id, product_id, variant_id, quantity,
                                    note, added_price, added_currency)
        values (l.id, o.product_id, o.variant_id,
                coalesce((document ->> 'quantity')::int, 1),
                document ->> 'note', o.price, money)
        on conflict on constraint item_once do update
        set quantity = coalesce((document ->> 'quantity')::int, t.quantity),
            note = coalesce(document ->> 'note', t.note)
        returning t.* into i;
    update wishlist.list w
        set version = w.version + 1, updated_at = now() where w.id = l.id;
    return row(case when fresh then 201 else 200 end,
        wishlist.item_body(i, store, money)::text, null,
        case when fresh then format('/api/v1/wishlists/%s/items/%s', l.id,
                                    i.id) end, null, null)::api.answer;
end
$$;

comment on function wishlist.add_item is
    'POST /wishlists/{id}/items; what is on it already is changed';
