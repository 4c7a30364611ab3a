create or replace function pricing.group_body(g pricing.customer_group)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object('id', g.id::text, 'code', g.code,
        'name', g.name, 'metadata', g.metadata,
        'members', (select count(*) from pricing.member m
                    where m.group_id = g.id),
        'created_at', api.time(g.created_at),
        'updated_at', api.time(g.updated_at))
$$;

comment on function pricing.group_body is
    'a customer group as the API shows it';
