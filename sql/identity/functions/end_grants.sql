create or replace function identity.end_grants(account uuid, reason text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    perform identity.end_grant(g.id, reason)
    from identity.client_grant g
    where g.user_id = account;

    delete from identity.client_request q where q.user_id = account;
    delete from identity.client_grant g where g.user_id = account;
end
$$;

comment on function identity.end_grants is
    'an account that is blocked or erased lets no app act for it any more';
