create or replace function identity.clean_invitations(batch integer)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    n bigint;
begin
    delete from identity.invitation i
    using (select o.id from identity.invitation o
           where o.expires_at < now() - interval '30 days'
           limit batch) as old
    where i.id = old.id;
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function identity.clean_invitations is
    'forgets who was invited, a month after it expired';
