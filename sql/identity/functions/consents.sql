create or replace function identity.consents(account uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select identity.consents_body(account)::text
$$;

comment on function identity.consents is 'GET /users/me/consents';
