create or replace function pricing.group_change(p_store bigint, p_id bigint,
        p_actor uuid, p_version bigint, p_document jsonb, p_address inet,
        p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old pricing.customer_group;
    new pricing.customer_group;
begin
    select g.* into old from pricing.customer_group g
    where g.id = p_id and g.store_id = p_store for no key update;
    if not found then
        perform api.fail('PG404', 'There is no such group.');
    end if;
    perform pricing.etag_checked(old.version, p_version);
    new := jsonb_populate_record(old, p_document);
    if new is distinct from old then
        update pricing.customer_group g
        set name = new.name, metadata = new.metadata,
            version = g.version + 1, updated_at = now()
        where g.id = p_id;
        perform ops.record(p_store, p_actor, 'customer_group.changed',
            'customer_group:' || p_id, jsonb_build_object('name', old.name),
            p_document, p_address, p_request);
    end if;
    return query select 200, s.body, s.etag, null::text, null::text, false
    from pricing.group_show(p_store, p_id) as s;
end
$$;

comment on function pricing.group_change is 'PATCH /customer-groups/{group}';
