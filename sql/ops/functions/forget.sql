create or replace function ops.forget(account uuid, emails text[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    self constant text := 'user:' || account;
    others constant text[] := array(
        select identity.email_subject(e.email)
        from unnest(emails) as e (email));
begin
    -- what happened stays, by an id that says nothing any more
    perform set_config('shop.forgetting', 'on', true);
    update ops.audit a
    set address = null,
        before = case when a.subject = self then null else a.before end,
        after = case when a.subject = self then null else a.after end
    where a.actor = account or a.subject = self or a.subject = any (others);
    perform set_config('shop.forgetting', '', true);

    update ops.job j set actor = null where j.actor = account;
    update ops.upload u set actor = null where u.actor = account;

    delete from ops.outbox o
    where o.topic = 'shop.users' and o.key = account::text;

    delete from api.idempotency i
    where i.actor in (self, account::text);
end
$$;

comment on function ops.forget is
    'takes addresses and what was changed about a person from the audit, and'
    ' what is on its way to Kafka or kept for a repeated request';
