create or replace function review.forget(account uuid)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update review.review r
    set user_id = null, author = 'erased', order_id = null,
        version = r.version + 1, updated_at = now()
    where r.user_id = account
$$;

comment on function review.forget is
    'the reviews of an account as nobody''s; ratings go on to count.  Votes and'
    ' requests go with the account, its reports stay without it';
