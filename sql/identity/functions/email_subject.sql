create or replace function identity.email_subject(email text)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select 'email:' || encode(sha256(convert_to(lower(email), 'UTF8')), 'hex')
$$;

comment on function identity.email_subject is
    'how the audit names an address that may be nobody''s';
