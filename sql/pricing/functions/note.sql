create or replace function pricing.note(p_variants bigint[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- a statement that may insert or change fires both triggers
    if p_variants = '{}' then
        return;
    end if;
    insert into pricing.history (variant_id, currency, amount)
    select p.variant_id, p.currency, coalesce(w.amount, p.amount)
    from catalog.price p
    left join pricing.public_price w on w.variant_id = p.variant_id
        and w.currency = p.currency
    where p.variant_id = any (p_variants)
        and coalesce(w.amount, p.amount) is distinct from (
            select h.amount from pricing.history h
            where h.variant_id = p.variant_id and h.currency = p.currency
            order by h.at desc limit 1)
    on conflict (variant_id, currency, at) do update
    set amount = excluded.amount;
end
$$;

comment on function pricing.note is
    'notes what everybody pays for variants, if that has changed; of two'
    ' changes in a transaction the last';
