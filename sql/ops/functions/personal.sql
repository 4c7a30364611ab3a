create or replace function ops.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('jobs', coalesce((
            select jsonb_agg(ops.job_body(j) order by j.created_at, j.id)
            from ops.job j where j.actor = account), '[]'),
        'audit', coalesce(
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
    'the jobs of a person, and what the audit says: its own acts, and those'
    ' about it';
