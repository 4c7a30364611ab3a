create or replace function identity.end_client(client uuid)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    perform identity.end_client_session(s.id, 'client')
    from (select c.id from identity.client_session c
          where c.client_id = client and c.ended_at is null
          order by c.id
          for no key update) as s;

    delete from identity.client_request q where q.client_id = client;
    delete from identity.client_code k
    using identity.client_grant g
    where g.client_id = client and k.grant_id = g.id;
end
$$;

comment on function identity.end_client is
    'every token of a client counts no more, and no code or question becomes'
    ' one';
