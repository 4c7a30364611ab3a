create or replace function store.rate(p_store bigint, p_currency text)
    returns numeric
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(c.rate, round(t.rate / f.rate, 12))
        from store.store s
        left join store.conversion c on c.store_id = s.id
            and c.currency = p_currency
        left join lateral store.euro_rate(p_currency) as t (rate, day) on true
        left join lateral store.euro_rate(s.currency) as f (rate, day) on true
        where s.id = p_store and s.currency <> p_currency);
end
$$;

comment on function store.rate is
    'what a unit of the store''s own currency is worth now in another one: as'
    ' the staff say, else as imported; null: not known';
