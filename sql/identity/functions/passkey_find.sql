create or replace function identity.passkey_find(credential bytea, rp text)
    returns table (id text, user_id text, public_key text, algorithm text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select p.id::text, p.user_id::text, encode(p.public_key, 'hex'),
           p.algorithm::text
    from identity.passkey p
    where p.credential_id = credential and p.rp_id = rp
$$;

comment on function identity.passkey_find is
    'what the signature of a passkey is checked with';
