create or replace function identity.spend_state(state bytea,
        expires timestamptz)
    returns boolean
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    select identity.spend_challenge(state, expires)
$$;

comment on function identity.spend_state is
    'the one use of a sign-in that was begun at an outside provider; false:'
    ' it was used, or has expired';
