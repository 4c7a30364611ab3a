create or replace function pricing.gift_add(p_store bigint, p_actor uuid,
        p_document jsonb, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    s store.store := (select t from store.store t where t.id = p_store);
    code text := pricing.random_code(16);
    amount bigint := coalesce(p_document #> '{amount,amount}',
                              p_document -> 'amount');
    currency text := coalesce(p_document #>> '{amount,currency}',
                              s.currency);
    ends timestamptz := p_document ->> 'expires_at';
    g pricing.gift_card;
begin
    if currency <> all (s.currencies) then
        perform api.fail('PG422', format('This store sells in %s.',
            array_to_string(s.currencies, ', ')), '/amount');
    elsif ends <= now() then
        perform api.fail('PG422', 'must be in the future', '/expires_at');
    end if;
    insert into pricing.gift_card (store_id, code_hash, hint, currency,
                                   initial, expires_at, note)
    values (p_store, pricing.gift_hash(code), right(code, 4), currency,
            amount, ends, coalesce(p_document ->> 'note', ''))
    returning * into g;
    perform pricing.move_gift(g.id, amount, 'issued', null, p_actor, '');
    perform ops.record(p_store, p_actor, 'gift_card.added',
        'gift_card:' || g.id, null, jsonb_build_object('amount',
            api.money(amount, currency)), p_address, p_request);
    return query
    select 201, (b.body::jsonb || jsonb_build_object('code',
               regexp_replace(code, '(....)(....)(....)(....)',
                              '\1-\2-\3-\4')))::text, b.etag,
           '/gift-cards/' || g.id, null::text, false
    from pricing.gift_show(p_store, g.id) as b;
end
$$;

comment on function pricing.gift_add is
    'POST /gift-cards: the only answer that has the code';
