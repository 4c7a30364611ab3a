create or replace function shipping.method_add(p_store bigint, p_actor uuid,
        p_request text, p_document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    m shipping.method := jsonb_populate_record(null::shipping.method,
        p_document - '{rates,pickup_points,translations}'::text[]);
begin
    m.store_id := p_store;
    m.kind := coalesce(m.kind, 'delivery');
    m.tax_class := coalesce(m.tax_class, (
        select s.tax_class from store.store s where s.id = p_store));
    perform shipping.method_checked(m, p_document -> 'pickup_points');
    m.translations := store.words(p_store, '{}', p_document -> 'translations',
        '{name,description}', '/translations');
    insert into shipping.method (store_id, code, name, description, kind,
        estimated_days, tax_class, position, active, translations)
    values (p_store, m.code, m.name, coalesce(m.description, ''), m.kind,
            m.estimated_days, m.tax_class, coalesce(m.position, 1),
            coalesce(m.active, true), m.translations)
    returning * into m;
    perform shipping.put_rates(m, coalesce(p_document -> 'rates', '[]'));
    perform shipping.put_points(m, coalesce(p_document -> 'pickup_points',
                                            '[]'));
    perform ops.record(p_store, p_actor, 'shipping_method.add',
        'shipping_method:' || m.id, null, shipping.method_json(m), null,
        p_request);
    return row(201, shipping.method_json(m)::text, m.version::text,
               '/shipping/methods/' || m.id, null, false)::api.answer;
exception when unique_violation then
    perform api.fail('SH409', 'Another way to ship has this code.');
end
$$;

comment on function shipping.method_add is 'POST /shipping/methods';
