create or replace function wishlist.notice_remove(store bigint, actor uuid,
                                                  notice uuid)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from wishlist.notice n
        where n.id = notice and n.user_id = actor and n.store_id = store;
    if not found then
        perform api.fail('WL404', 'There is no such notice.');
    end if;
    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function wishlist.notice_remove is 'DELETE /stock-notices/{id}';
