create or replace function ops.emit(topic text, key text, seq bigint,
        type text, store_id bigint, data jsonb, live text default null)
    returns void
    language plpgsql volatile
as $$
#variable_conflict use_column
begin
    insert into ops.outbox (topic, key, seq, type, store_id, data, live)
    values (topic, key, seq, type, store_id, data, live);
end
$$;

comment on function ops.emit is
    'a fact for Kafka, true when this transaction commits; call it after'
    ' locking the aggregate, seq grows within it; live: Redis channel';
