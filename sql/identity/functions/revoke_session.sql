create or replace function identity.revoke_session(session uuid,
        until timestamptz)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- a little longer than its last token, for clocks that differ
    last constant bigint := ceil(extract(epoch from until))::bigint + 60;
begin
    insert into identity.revocation as r (kind, id, epoch)
    values ('s', session, last)
    on conflict (kind, id) do update
    set epoch = greatest(r.epoch, excluded.epoch);
    perform pg_notify('shop_node', format('revoke s %s %s', session, last));
    return last;
end
$$;

comment on function identity.revoke_session is
    'its access tokens count no more on any node; gives when the last of them'
    ' has expired';
