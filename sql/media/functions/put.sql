create or replace function media.put(document jsonb)
    returns media.file
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into media.file as f (key, type, width, height, bytes, spool)
    select d.key, d.type, d.width, d.height, d.bytes, d.spool
    from jsonb_to_record(document) as d (key text, type text, width int,
        height int, bytes int, spool text)
    on conflict (key) do update
    set state = case when f.state in ('failed', 'removing') then 'new'
                     else f.state end,
        reason = null,
        tries = case when f.state in ('failed', 'removing') then 0
                     else f.tries end,
        next_at = case when f.state = 'failed' then now() else f.next_at end,
        spool = case when f.state in ('failed', 'removing')
                     then excluded.spool else f.spool end,
        updated_at = now()
    returning f.*
$$;

comment on function media.put is
    'makes an upload known that the gateway has kept; what failed before is'
    ' tried again, what is being removed when the remover is done';
