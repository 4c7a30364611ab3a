create or replace function inventory.count_json(c inventory.stock_count)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', c.id::text,
        'status', c.status,
        'warehouse', inventory.warehouse_ref(c.warehouse_id),
        'note', c.note,
        'lines', s.lines,
        'differing', s.differing,
        'difference', s.difference,
        'created_by', c.created_by,
        'created_at', api.time(c.created_at),
        'updated_at', api.time(c.updated_at),
        'closed_at', api.time(c.closed_at))
    from (select count(*) as lines,
                 count(*) filter (where l.counted <> l.expected) as differing,
                 coalesce(sum(l.counted - l.expected), 0) as difference
          from inventory.stock_count_line l where l.count_id = c.id) as s
$$;

comment on function inventory.count_json is
    'a count: how many variants were counted, and how many pieces more or less'
    ' than expected';
