create or replace function notification.delivery_sent(p_ids uuid[])
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    update notification.delivery d
    set state = 'sent', error = null, updated_at = now(), next_at = now(),
        data = '{}'
    where d.id = any (p_ids) and d.state = 'running';
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function notification.delivery_sent is
    'mails that have gone; tells how many of them were running still';
