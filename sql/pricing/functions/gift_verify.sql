create or replace function pricing.gift_verify()
    returns table (gift_card_id uuid, balance bigint, ledger numeric)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select g.id, g.balance, coalesce(sum(e.delta), 0)
    from pricing.gift_card g
    left join pricing.gift_entry e on e.gift_card_id = g.id
    group by g.id
    having g.balance <> coalesce(sum(e.delta), 0)
$$;

comment on function pricing.gift_verify is
    'gift cards whose ledger does not sum to their balance: there should be'
    ' none';
