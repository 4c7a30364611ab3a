create or replace function pricing.gift_adjust(p_store bigint, p_id uuid,
        p_actor uuid, p_document jsonb, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    g pricing.gift_card := pricing.gift_locked(p_store, p_id, null);
    delta bigint := p_document -> 'delta';
begin
    if delta = 0 then
        perform api.fail('PG422', 'must not be 0', '/delta');
    elsif g.balance + delta not between 0 and 99999999999 then
        perform api.fail('PG409', format('The balance is %s.', g.balance));
    end if;
    perform pricing.move_gift(p_id, delta, 'adjusted', null, p_actor,
                              p_document ->> 'note');
    perform ops.record(p_store, p_actor, 'gift_card.adjusted',
        'gift_card:' || p_id, jsonb_build_object('balance', g.balance),
        p_document, p_address, p_request);
    return query select 201, b.body, b.etag, '/gift-cards/' || p_id,
        null::text, false
    from pricing.gift_show(p_store, p_id) as b;
end
$$;

comment on function pricing.gift_adjust is
    'POST /gift-cards/{gift_card}/entries: staff adds or takes, with a reason';
