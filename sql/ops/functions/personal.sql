create or replace function ops.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('audit', coalesce(
        jsonb_agg(jsonb_build_object('at', api.time(a.at),
            'action', a.action, 'subject', a.subject,
            'before', case when a.subject = 'user:' || account
                           then a.before end,
            'after', case when a.subject = 'user:' || account
                          then a.after end,
            'address', case when a.actor = account or a.actor is null
                            then host(a.address) end,
            'request_id', a.request_id)
            order by a.id), '[]'))
    from ops.audit a
    where a.actor = account or a.subject = 'user:' || account
$$;

comment on function ops.personal is
    'what the audit says of a person: its own acts, and those about it';
