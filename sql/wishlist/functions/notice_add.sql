create or replace function wishlist.notice_add(store bigint, actor uuid,
        ref text, variant text, email text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    most constant int := 100;
    wanted bigint;
    n wishlist.notice;
begin
    if (actor is null) = (email is null) then
        perform api.fail('WL422', case when actor is null
            then 'is needed, as you are not signed in'
            else 'is not needed: the mail goes to your account' end,
            '/email');
    end if;
    wanted := wishlist.watched(store, ref, variant);
    if (select count(*) from wishlist.notice t
        where (t.user_id = actor or t.email = lower(notice_add.email))
        and t.store_id = store) >= most
    then
        perform api.fail('WL409', 'There are too many notices already.');
    end if;
    insert into wishlist.notice as t (store_id, product_id, variant_id,
                                      user_id, email)
    select store, v.product_id, v.id, actor, lower(notice_add.email)
    from catalog.variant v where v.id = wanted
    on conflict do nothing;
    select t.* into strict n from wishlist.notice t
        where t.variant_id = wanted and t.store_id = store
        and (t.user_id = actor or t.email = lower(notice_add.email));
    return row(201, wishlist.notice_body(n)::text, null,
        case when actor is not null then '/api/v1/stock-notices/' || n.id end,
        null, null)::api.answer;
end
$$;

comment on function wishlist.notice_add is
    'POST /products/{id}/stock-notices: a mail when it is in stock again;'
    ' whoever asks twice hears the same';
