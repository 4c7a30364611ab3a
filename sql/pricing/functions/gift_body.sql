create or replace function pricing.gift_body(g pricing.gift_card)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object('id', g.id, 'hint', g.hint,
        'initial', api.money(g.initial, g.currency),
        'balance', api.money(g.balance, g.currency), 'active', g.active,
        'expires_at', api.time(g.expires_at), 'note', g.note,
        'created_at', api.time(g.created_at),
        'updated_at', api.time(g.updated_at))
$$;

comment on function pricing.gift_body is 'a gift card as the staff sees it';
