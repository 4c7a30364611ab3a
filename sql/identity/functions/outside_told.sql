create or replace function identity.outside_told(store bigint,
        provider text, issuer text, event text, facts jsonb, address inet,
        request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    type constant text := left(facts ->> 'type', 100);
    data constant jsonb := facts -> 'data';
    heard constant api.answer :=
        row(200, '{"received":true}', null, null, null, null);
begin
    insert into identity.outside_event as e (issuer, event, type)
    values (issuer, event, type)
    on conflict do nothing;
    if not found then
        return heard;
    end if;

    if type = 'user.deleted' then
        perform identity.outside_put(store, provider, issuer, 'user',
            data ->> 'id', 'deleted', facts, address, request);
    elsif type = 'user.updated' and data ? 'banned' then
        perform identity.outside_put(store, provider, issuer, 'user',
            data ->> 'id',
            case when data ->> 'banned' = 'true' then 'banned'
                 else 'good' end, facts, address, request);
    elsif type in ('session.ended', 'session.removed', 'session.revoked') then
        perform identity.outside_put(store, provider, issuer, 'session',
            data ->> 'id', 'ended', facts, address, request);
    end if;
    return heard;
end
$$;

comment on function identity.outside_told is
    'POST /auth/oidc/{provider}/webhook, its signature being good: each event'
    ' once, those of other types without effect';
