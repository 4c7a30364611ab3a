create or replace function pricing.gift_change(p_store bigint, p_id uuid,
        p_actor uuid, p_version bigint, p_document jsonb, p_address inet,
        p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old pricing.gift_card;
    new pricing.gift_card;
begin
    old := pricing.gift_locked(p_store, p_id, p_version);
    new := jsonb_populate_record(old, p_document);
    update pricing.gift_card g
    set active = new.active, expires_at = new.expires_at, note = new.note,
        version = g.version + 1, updated_at = now()
    where g.id = p_id;
    perform ops.record(p_store, p_actor, 'gift_card.changed',
        'gift_card:' || p_id, pricing.gift_body(old), p_document, p_address,
        p_request);
    return query select 200, b.body, b.etag, null::text, null::text, false
    from pricing.gift_show(p_store, p_id) as b;
end
$$;

comment on function pricing.gift_change is
    'PATCH /gift-cards/{gift_card}: blocks it, changes its end or note';
