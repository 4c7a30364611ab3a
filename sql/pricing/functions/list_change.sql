create or replace function pricing.list_change(p_store bigint, p_id bigint,
        p_actor uuid, p_version bigint, p_document jsonb, p_address inet,
        p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old pricing.price_list;
    new pricing.price_list;
    variants bigint[];
begin
    old := pricing.list_locked(p_store, p_id, p_version);
    variants := pricing.published_by(p_id);
    new := jsonb_populate_record(old, p_document - 'groups');
    perform pricing.dates_checked(new.starts_at, new.ends_at);
    perform pricing.put_groups(p_store, p_document -> 'groups', p_id, null);
    update pricing.price_list l
    set name = new.name, priority = new.priority, active = new.active,
        starts_at = new.starts_at, ends_at = new.ends_at,
        version = l.version + 1, updated_at = now()
    where l.id = p_id;
    perform pricing.publish_now(p_store,
                                variants || pricing.published_by(p_id));
    perform ops.record(p_store, p_actor, 'price_list.changed',
        'price_list:' || p_id, pricing.list_body(old), p_document, p_address,
        p_request);
    return query select 200, s.body, s.etag, null::text, null::text, false
    from pricing.list_show(p_store, p_id) as s;
end
$$;

comment on function pricing.list_change is 'PATCH /price-lists/{list}';
