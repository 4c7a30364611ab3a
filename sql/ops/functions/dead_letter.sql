create or replace function ops.dead_letter(source text, key text,
        reason text, value text)
    returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    perform ops.emit('shop.dead', coalesce(key, ''), 0, 'event.dead', null,
        jsonb_build_object('source', source, 'reason', left(reason, 500),
                           'value', left(value, 65536)));
end
$$;

comment on function ops.dead_letter is
    'tells the topic shop.dead what a consumer or an executor gave up;'
    ' value: the message, or the id of the row, as text';
