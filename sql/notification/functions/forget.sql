create or replace function notification.forget(p_emails text[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from notification.delivery d
    where d.recipient = any (p_emails)
$$;

comment on function notification.forget is
    'mails to these addresses, sent or not';
