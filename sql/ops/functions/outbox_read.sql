create or replace function ops.outbox_read(batch integer)
    returns table (id bigint, event_id uuid, topic text, key text,
        seq bigint, type text, store_id bigint, at text, data jsonb,
        live text, tag text, age_ms bigint)
    language sql stable
as $$
    select o.id, o.event_id, o.topic, o.key, o.seq, o.type, o.store_id,
           api.time(o.created_at), o.data, o.live,
           case when o.live is not null
                then ops.tags_of(o.type, o.store_id, o.key, o.data) end,
           (extract(epoch from now() - o.created_at) * 1000)::bigint
    from ops.outbox o
    order by o.id
    limit batch
$$;

comment on function ops.outbox_read is
    'the oldest facts that are not published; rows leave when they are, so'
    ' that all rows are looked at, not those above an id: ids are not the'
    ' order of commits';
