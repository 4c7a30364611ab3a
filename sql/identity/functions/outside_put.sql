create or replace function identity.outside_put(store bigint,
        provider text, issuer text, kind text, id text, state text,
        facts jsonb, address inet, request text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    told constant timestamptz := identity.outside_time(facts);
    subject constant text := case when kind = 'user' then id
                                  else facts -> 'data' ->> 'user_id' end;
    account uuid;
begin
    if id is null or length(id) not between 1 and 255 then
        return;
    end if;

    -- a person who was deleted does not come back, and old news change nothing
    insert into identity.outside_state as o (issuer, kind, id, state, told_at)
    values (issuer, kind, id, state, told)
    on conflict on constraint outside_state_pkey do update
    set state = excluded.state, told_at = excluded.told_at, at = now()
    where o.state in ('good', 'banned') and o.state <> excluded.state
    and (excluded.state = 'deleted' or excluded.told_at > o.told_at);

    if not found or state = 'good' then
        return;
    end if;

    select l.user_id into account from identity.linked l
    where l.issuer = issuer and l.subject = subject;
    if not found then
        return;
    end if;

    if kind = 'user' then
        perform identity.end_session(s.id, 'outside')
        from identity.session s
        where s.user_id = account and s.ended_at is null;
    end if;
    perform identity.revoke_user(account);
    perform ops.record(store, null, kind || '.ended_outside',
        'user:' || account, null,
        jsonb_build_object('provider', provider, 'state', state), address,
        request);
end
$$;

comment on function identity.outside_put is
    'keeps what an issuer says of a person or a session of its own; whose'
    ' tokens then count no more is asked about again by every node';
