create or replace function ops.inbox_take(consumer text, ids uuid[])
    returns setof uuid
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    insert into ops.inbox as i (consumer, event_id)
    select distinct inbox_take.consumer, t.id
    from unnest(ids) as t (id)
    order by t.id
    on conflict do nothing
    returning i.event_id;
end
$$;

comment on function ops.inbox_take is
    'of these events, those that the consumer group has not handled; call it'
    ' in the transaction of the effect';
