create or replace function pricing.list_add(p_store bigint, p_actor uuid,
        p_document jsonb, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    l pricing.price_list := jsonb_populate_record(null::pricing.price_list,
        '{"priority": 0, "active": true}' || (p_document - 'groups'));
begin
    perform pricing.dates_checked(l.starts_at, l.ends_at);
    insert into pricing.price_list (store_id, name, priority, active,
                                    starts_at, ends_at)
    values (p_store, l.name, l.priority, l.active, l.starts_at, l.ends_at)
    returning * into l;
    perform pricing.put_groups(p_store, p_document -> 'groups', l.id, null);
    perform ops.record(p_store, p_actor, 'price_list.added',
        'price_list:' || l.id, null, p_document, p_address, p_request);
    return query select 201, s.body, s.etag, '/price-lists/' || l.id,
        null::text, false
    from pricing.list_show(p_store, l.id) as s;
end
$$;

comment on function pricing.list_add is 'POST /price-lists';
