create or replace function identity.export(account uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select (jsonb_build_object('exported_at', api.time(now()))
            || identity.personal(account)
            || "order".personal(account)
            || review.personal(account)
            || pricing.personal(account)
            || wishlist.personal(account)
            || media.personal(account)
            || notification.personal(account)
            || store.personal(account)
            || ops.personal(account))::text
    where exists (select from identity.account a where a.id = account)
$$;

comment on function identity.export is
    'GET /users/me/export: everything that is known of a person';
