create or replace function identity.decide_request(account uuid, session uuid,
        id uuid, approve boolean, code_hash bytea, address inet, request text)
    returns setof identity.authorized
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    question identity.client_request;
    given uuid;
    since timestamptz;
    answer identity.authorized;
begin
    -- answered once, in the browser that was asked
    delete from identity.client_request q
    where q.id = id and q.user_id = account and q.session_id = session
    and q.expires_at > now()
    and exists (select from identity.client c
                where c.id = q.client_id and not c.disabled)
    returning q.* into question;
    if not found then
        perform api.fail('ID404', 'There is no such question any more.');
    end if;

    answer.redirect_uri := question.redirect_uri;
    answer.state := question.state;

    if not approve then
        answer.outcome := 'error';
        answer.error := 'access_denied';
        answer.detail := 'the person said no';
        return next answer;
        return;
    end if;

    select s.created_at into since from identity.session s
    where s.id = session;

    given := identity.give_code(question.store_id, account,
        question.client_id, question.scopes, question.redirect_uri,
        question.challenge, question.nonce, since, code_hash);

    perform ops.record(question.store_id, account, 'grant.given',
        'grant:' || given, null,
        jsonb_build_object('client', question.client_id,
                           'scopes', question.scopes), address, request);

    answer.outcome := 'code';
    return next answer;
end
$$;

comment on function identity.decide_request is
    'POST /oauth/requests/{id}: the person''s yes or no';
