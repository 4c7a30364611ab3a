create or replace function identity.outside_name(name text, email text)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select left(coalesce(
        nullif(btrim(regexp_replace(name, '[[:cntrl:]]+', ' ', 'g')), ''),
        split_part(email, '@', 1)), 200)
$$;

comment on function identity.outside_name is
    'what an account is called that an outside issuer sends: its name, else'
    ' the address before the @';
