create or replace function identity.spend_challenge(challenge bytea,
        expires timestamptz)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into identity.challenge (hash, expires_at)
    values (challenge, expires)
    on conflict do nothing;
    return found and expires > now();
end
$$;

comment on function identity.spend_challenge is
    'the one use of a challenge; two at the same time wait for each other';
