create or replace function identity.random_text()
    returns text
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    -- 244 random bits of the server's own generator, evenly spread
    select translate(rtrim(encode(sha256(
        uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
        'base64'), '='), '+/', '-_')
$$;

comment on function identity.random_text is
    'a secret of 43 characters that are good in URLs';
