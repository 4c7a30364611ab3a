create or replace function pricing.list_body(l pricing.price_list)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object('id', l.id::text, 'name', l.name,
        'priority', l.priority, 'active', l.active,
        'starts_at', api.time(l.starts_at), 'ends_at', api.time(l.ends_at),
        'groups', (select coalesce(jsonb_agg(g.group_id::text
                                             order by g.group_id), '[]')
                   from pricing.list_group g where g.list_id = l.id),
        'created_at', api.time(l.created_at),
        'updated_at', api.time(l.updated_at))
$$;

comment on function pricing.list_body is 'a price list as the API shows it';
