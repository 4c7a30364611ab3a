create or replace function inventory.count_answer(c inventory.stock_count,
        status int, tags text default null)
    returns api.answer
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select row(status, inventory.count_json(c)::text, c.version::text,
        case when status = 201 then '/api/v1/counts/' || c.id end, tags,
        false)::api.answer
$$;

comment on function inventory.count_answer is
    'the answer of a change: the count as it is now';
