create or replace function notification.delivery_done(p_id uuid,
        p_state text, p_error text, p_after interval)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update notification.delivery d
    set state = p_state, error = left(p_error, 500), updated_at = now(),
        next_at = now() + p_after,
        data = case when p_state = 'sent' then '{}' else d.data end
    where d.id = p_id and d.state = 'running';
    if not found then
        return 0;
    end if;
    if p_state = 'dead' then
        perform ops.dead_letter('notification.delivery', p_id::text,
                                coalesce(p_error, 'given up'), p_id::text);
    end if;
    return 1;
end
$$;

comment on function notification.delivery_done is
    'what came of a mail: sent, due again, or dead; 0: it isn''t running any'
    ' more, a late answer changes nothing';
