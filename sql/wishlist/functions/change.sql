create or replace function wishlist.change(store bigint, actor uuid, ref text,
        if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l wishlist.list := wishlist.opened(store, actor, ref);
    shared boolean := (document ->> 'shared')::boolean;
begin
    if l.version <> if_version then
        perform api.fail('AP412', 'The wishlist has changed meanwhile.');
    end if;
    -- a link that was taken back does not work again
    update wishlist.list w
        set name = coalesce(wishlist.name_of(document), w.name),
            note = case when document ? 'note' then document ->> 'note'
                        else w.note end,
            share_id = case shared when true
                then coalesce(w.share_id, gen_random_uuid())
                when false then null else w.share_id end,
            version = w.version + 1, updated_at = now()
        where w.id = l.id returning w.* into l;
    return wishlist.answer(l, 200);
end
$$;

comment on function wishlist.change is 'PATCH /wishlists/{id}';
