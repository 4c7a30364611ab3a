create or replace function shipping.method_remove(p_store bigint,
        p_id bigint, p_actor uuid, p_request text, p_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    m shipping.method := shipping.method_locked(p_store, p_id, p_version);
begin
    perform ops.record(p_store, p_actor, 'shipping_method.remove',
        'shipping_method:' || m.id, shipping.method_json(m), null, null,
        p_request);
    delete from shipping.method t where t.id = m.id;
    return row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function shipping.method_remove is
    'DELETE /shipping/methods/{id}: orders keep what they were told';
