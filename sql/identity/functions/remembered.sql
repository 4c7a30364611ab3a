create or replace function identity.remembered(account uuid,
        asking identity.client, redirect_uri text, wanted text[])
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    -- any program on the machine can pose as a public client that listens
    -- there: its user is asked each time
    select not (asking.public and redirect_uri !~ '^https:')
    and exists (select from identity.client_grant g
                where g.user_id = account and g.client_id = asking.id
                and g.scopes @> wanted)
$$;

comment on function identity.remembered is
    'whether the account agreed to these scopes before, so that it need not be'
    ' asked again';
