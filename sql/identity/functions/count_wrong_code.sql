create or replace function identity.count_wrong_code(account uuid)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update identity.totp t
    set failures = case when t.failures < 9 then t.failures + 1 else 0 end,
        locked_until = case when t.failures < 9 then t.locked_until
                       else clock_timestamp() + interval '15 minutes' end
    where t.user_id = account
$$;

comment on function identity.count_wrong_code is
    'after ten wrong codes in a row no code counts for a quarter of an hour';
