create or replace function notification.personal(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('mails', coalesce(
        jsonb_agg(jsonb_build_object('id', d.id, 'template', d.template,
            'recipient', d.recipient, 'language', d.language,
            'state', d.state, 'created_at', api.time(d.created_at))
            order by d.created_at, d.id), '[]'))
    from identity.account a
    join notification.delivery d on d.recipient = a.email
    where a.id = account
$$;

comment on function notification.personal is
    'mails to the address of an account';
