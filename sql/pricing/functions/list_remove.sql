create or replace function pricing.list_remove(p_store bigint, p_id bigint,
        p_actor uuid, p_version bigint, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old pricing.price_list;
    variants bigint[];
begin
    old := pricing.list_locked(p_store, p_id, p_version);
    variants := pricing.published_by(p_id);
    perform ops.record(p_store, p_actor, 'price_list.removed',
        'price_list:' || p_id, pricing.list_body(old), null, p_address,
        p_request);
    delete from pricing.price_list l where l.id = p_id;
    perform pricing.publish_now(p_store, variants);
    return next row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function pricing.list_remove is 'DELETE /price-lists/{list}';
