create or replace function identity.revoke_user(account uuid)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- "iat" is in seconds: those of this second may be older than now
    before constant bigint :=
        floor(extract(epoch from clock_timestamp()))::bigint + 1;
begin
    insert into identity.revocation as r (kind, id, epoch)
    values ('u', account, before)
    on conflict (kind, id) do update
    set epoch = greatest(r.epoch, excluded.epoch), created_at = now();
    perform pg_notify('shop_node', format('revoke u %s %s', account, before));
    return before;
end
$$;

comment on function identity.revoke_user is
    'what an account''s access tokens say counts no more: until they expire'
    ' the database is asked for session and roles (session_roles)';
