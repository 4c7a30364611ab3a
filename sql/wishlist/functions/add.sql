create or replace function wishlist.add(store bigint, actor uuid,
                                        document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    most constant int := 50;
    l wishlist.list;
begin
    perform pg_advisory_xact_lock(hashtextextended('wishlist ' || actor, 0));
    if (select count(*) from wishlist.list w
        where w.user_id = actor and w.store_id = store) >= most
    then
        perform api.fail('WL409', format('An account has at most %s lists.',
                                         most));
    end if;
    insert into wishlist.list as w (store_id, user_id, name, note, share_id)
        values (store, actor, wishlist.name_of(document), document ->> 'note',
                case when (document ->> 'shared')::boolean
                     then gen_random_uuid() end)
        returning w.* into l;
    return wishlist.answer(l, 201);
end
$$;

comment on function wishlist.add is 'POST /wishlists; at most 50 an account';
