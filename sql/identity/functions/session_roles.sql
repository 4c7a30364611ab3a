create or replace function identity.session_roles(session uuid)
    returns text
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_to_string(identity.roles_of(s.user_id), ' '), '')
    from (select own.user_id from identity.session own
          where own.id = session and own.ended_at is null
          union all
          select g.user_id from identity.client_session c
          left join identity.client_grant g on g.id = c.grant_id
          where c.id = session and c.ended_at is null) as s
    where not exists (select from identity.account a
                      where a.id = s.user_id and a.blocked_at is not null)
$$;

comment on function identity.session_roles is
    'the roles of whose session it is, null when it has ended; asked by a'
    ' node whose revocation feed is late, or when its token is older than a'
    ' change of the account''s roles';
