create or replace function identity.authorize(store bigint, account uuid,
        session uuid, params jsonb, code_hash bytea)
    returns setof identity.authorized
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    back constant text := params ->> 'redirect_uri';
    state constant text := params ->> 'state';
    silent constant boolean :=
        coalesce('none' = any (identity.scopes_of(params ->> 'prompt')), false);
    asked constant boolean := coalesce(
        'consent' = any (identity.scopes_of(params ->> 'prompt')), false);
    asking identity.client := identity.client_of(store, params ->> 'client_id');
    wrong text[];
    wanted text[];
    since timestamptz;
    answer identity.authorized;
begin
    if asking.id is null then
        return next identity.not_authorized('refused', 'invalid_client',
            'This app is not known here.');
        return;
    end if;
    if back is null or not exists (
        select from unnest(asking.redirect_uris) as r
        where identity.redirect_fits(r, back))
    then
        return next identity.not_authorized('refused', 'invalid_redirect_uri',
            'This app did not register the address that it wants to go on at.');
        return;
    end if;

    wrong := identity.authorization_wrong(asking, params);
    if wrong is not null then
        return next identity.not_authorized('error', wrong[1], wrong[2], back,
                                            state);
        return;
    end if;

    since := identity.signed_in_since(session, params);
    if account is null or since is null then
        return next case when silent
            then identity.not_authorized('error', 'login_required',
                'nobody is signed in', back, state)
            else identity.not_authorized('sign_in', null, null) end;
        return;
    end if;

    wanted := identity.may_grant(account,
                                 identity.scopes_of(params ->> 'scope'));
    if wanted = '{}' then
        return next identity.not_authorized('error', 'access_denied',
            'this account has nothing of what is asked for', back, state);
        return;
    end if;

    answer.redirect_uri := back;
    answer.state := state;

    if not asked and identity.remembered(account, asking, back, wanted) then
        perform identity.give_code(store, account, asking.id, wanted, back,
            params ->> 'code_challenge', params ->> 'nonce', since, code_hash);
        answer.outcome := 'code';
        return next answer;
        return;
    end if;

    if silent then
        return next identity.not_authorized('error', 'consent_required',
            'the person has to be asked', back, state);
        return;
    end if;

    insert into identity.client_request as q (user_id, session_id, client_id,
        store_id, redirect_uri, scopes, state, nonce, challenge)
    values (account, session, asking.id, store, back, wanted, state,
        params ->> 'nonce', params ->> 'code_challenge')
    returning q.id into answer.request;

    answer.outcome := 'consent';
    return next answer;
end
$$;

comment on function identity.authorize is
    'GET /oauth/authorize: code_hash becomes a code if nobody has to be asked';
