create or replace function shipping.method_change(p_store bigint,
        p_id bigint, p_actor uuid, p_request text, p_version bigint,
        p_document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    m shipping.method := shipping.method_locked(p_store, p_id, p_version);
    old jsonb := shipping.method_json(m);
begin
    m.translations := store.words(p_store, m.translations,
        p_document -> 'translations', '{name,description}', '/translations');
    m := jsonb_populate_record(m, p_document
                               - '{rates,pickup_points,translations}'::text[]);
    m.version := m.version + 1;
    perform shipping.method_checked(m, coalesce(p_document -> 'pickup_points',
                                                old -> 'pickup_points'));
    update shipping.method t
    set code = m.code, name = m.name, description = m.description,
        kind = m.kind, estimated_days = m.estimated_days,
        tax_class = m.tax_class, position = m.position, active = m.active,
        translations = m.translations, version = m.version
    where t.id = m.id;
    if p_document ? 'rates' then
        perform shipping.put_rates(m, p_document -> 'rates');
    end if;
    if p_document ? 'pickup_points' then
        perform shipping.put_points(m, p_document -> 'pickup_points');
    end if;
    perform ops.record(p_store, p_actor, 'shipping_method.change',
        'shipping_method:' || m.id, old, shipping.method_json(m), null,
        p_request);
    return row(200, shipping.method_json(m)::text, m.version::text, null, null,
               false)::api.answer;
end
$$;

comment on function shipping.method_change is
    'PATCH /shipping/methods/{id}: rates and points are given as a whole';
