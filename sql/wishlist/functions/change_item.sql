create or replace function wishlist.change_item(store bigint, actor uuid,
        ref text, item bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    most constant int := 500;
    l wishlist.list := wishlist.find(store, actor, ref);
    target wishlist.list;
    i wishlist.item;
begin
    if document ? 'wishlist' then
        target := wishlist.opened(store, actor, document ->> 'wishlist');
    end if;
    select t.* into i from wishlist.item t
        where t.id = item and t.list_id = l.id for update;
    if not found then
        perform api.fail('WL404', 'There is no such item.');
    end if;
    if target.id <> l.id and (select count(*) from wishlist.item t
                              where t.list_id = target.id) >= most
    then
        perform api.fail('WL409', format('A list has at most %s items.',
                                         most));
    end if;
    update wishlist.item t
        set quantity = coalesce((document ->> 'quantity')::int, t.quantity),
            note = case when document ? 'note' then document ->> 'note'
                        else t.note end,
            list_id = coalesce(target.id, t.list_id)
        where t.id = i.id returning t.* into i;
    update wishlist.list w
        set version = w.version + 1, updated_at = now()
        where w.id in (l.id, target.id);
    return row(200, wishlist.item_body(i, store,
            wishlist.currency_of(store, null))::text, null, null, null,
        null)::api.answer;
exception when unique_violation then
    perform api.fail('WL409', 'The other list has this already.');
end
$$;

comment on function wishlist.change_item is
    'PATCH /wishlists/{id}/items/{item}: quantity, note, or another list';
