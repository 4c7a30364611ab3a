create or replace function notification.delivery_token(p_id uuid,
        p_hash bytea)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    d notification.delivery;
begin
    select t.* into d from notification.delivery t
    where t.id = p_id and t.state = 'running' and t.data ? 'token';
    if not found then
        return 0;
    end if;
    perform identity.put_mail_token(d.data ->> 'token',
        (d.data ->> 'subject')::uuid, d.recipient, p_hash);
    return 1;
end
$$;

comment on function notification.delivery_token is
    'lets the token of a mail that is being rendered count; 0: it is not'
    ' running any more';
