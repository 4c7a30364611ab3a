create or replace function identity.end_grant(given uuid, reason text)
    returns bigint
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select count(identity.end_client_session(s.id, reason))
    from (select c.id from identity.client_session c
          where c.grant_id = given and c.ended_at is null
          order by c.id
          for no key update) as s
$$;

comment on function identity.end_grant is
    'ends every token that came of a grant; gives how many sessions ended';
