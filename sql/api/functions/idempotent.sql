create or replace function api.idempotent(store_id bigint, actor text,
        endpoint text, key text, fingerprint text, statement text,
        args text[])
    returns setof api.answer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    answer api.answer;
begin
    answer := api.idempotency_begin(store_id, actor, endpoint, key,
                                    fingerprint);
    if answer.replayed then
        return next answer;
        return;
    end if;
    execute statement into answer using args;
    perform api.idempotency_end(store_id, actor, endpoint, key, answer);
    return next answer;
end
$$;

comment on function api.idempotent is
    'runs the gateway''s statement ($n as ($1)[n]) once a key, with the'
    ' caller''s rights; later requests with the key get the first answer';
