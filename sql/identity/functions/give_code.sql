create or replace function identity.give_code(store bigint, account uuid,
        asking uuid, wanted text[], redirect_uri text, challenge text,
        nonce text, signed_in timestamptz, code_hash bytea)
    returns uuid
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    life constant interval := '60 seconds';
    given uuid;
begin
    insert into identity.client_grant as g (user_id, client_id, scopes)
    values (account, asking, wanted)
    on conflict (user_id, client_id) do update
    set used_at = now(),
        scopes = (select array_agg(distinct s order by s)
                  from unnest(g.scopes || excluded.scopes) as s)
    returning g.id into given;

    insert into identity.client_code (hash, grant_id, store_id, redirect_uri,
        challenge, scopes, nonce, auth_time, expires_at)
    values (code_hash, given, store, redirect_uri, challenge, wanted, nonce,
        signed_in, now() + life);

    return given;
end
$$;

comment on function identity.give_code is
    'a code for what the account agreed to, now or before; gives the grant';
