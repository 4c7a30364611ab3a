create or replace function ops.audit_body(entry ops.audit)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', entry.id::text,
        'at', api.time(entry.at),
        'store_id', entry.store_id::text,
        'actor', entry.actor,
        'actor_email', (select a.email from identity.account a
                        where a.id = entry.actor),
        'action', entry.action,
        'subject', entry.subject,
        'before', entry.before,
        'after', entry.after,
        'address', host(entry.address),
        'request_id', entry.request_id)
$$;

comment on function ops.audit_body is
    'a row of the audit as the API shows it';
