create or replace function inventory.transfer_answer(t inventory.transfer,
        status int, tags text default null)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(status, inventory.transfer_json(t)::text, t.version::text,
        case when status = 201 then '/api/v1/transfers/' || t.id end, tags,
        false)::api.answer
$$;

comment on function inventory.transfer_answer is
    'the answer of a change: the transfer as it is now';
