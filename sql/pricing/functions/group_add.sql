create or replace function pricing.group_add(p_store bigint, p_actor uuid,
        p_document jsonb, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    g pricing.customer_group;
begin
    if p_document ->> 'code' !~ '^[a-z0-9][a-z0-9-]{0,62}$' then
        perform api.fail('PG422',
            'must be 1 to 63 of the characters a-z, 0-9 and "-"', '/code');
    end if;
    insert into pricing.customer_group (store_id, code, name, metadata)
    values (p_store, p_document ->> 'code', p_document ->> 'name',
            coalesce(p_document -> 'metadata', '{}'))
    on conflict on constraint customer_group_code do nothing
    returning * into g;
    if not found then
        perform api.fail('PK409', 'There is a group with this code.');
    end if;
    perform ops.record(p_store, p_actor, 'customer_group.added',
        'customer_group:' || g.id, null, p_document, p_address, p_request);
    return query select 201, s.body, s.etag, '/customer-groups/' || g.id,
        null::text, false
    from pricing.group_show(p_store, g.id) as s;
end
$$;

comment on function pricing.group_add is 'POST /customer-groups';
