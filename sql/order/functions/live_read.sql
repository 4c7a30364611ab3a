create or replace function "order".live_read(p_orders uuid[],
        p_after bigint[])
    returns table (ord int, seq int, type text, data text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select w.ord::int, e.seq, e.type, e.data::text
    from unnest(p_orders, p_after) with ordinality as w (id, after, ord)
    join "order".event e on e.order_id = w.id and e.seq > w.after
    order by w.ord, e.seq;
end
$$;

comment on function "order".live_read is
    'what is new for a batch of open streams, whose access was checked when'
    ' they were opened';
