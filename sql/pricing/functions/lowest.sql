create or replace function pricing.lowest(p_variant bigint, p_currency text)
    returns bigint
    language plpgsql stable
as $$
declare
    since timestamptz;
begin
    select h.at into since from pricing.history h
    where h.variant_id = p_variant and h.currency = p_currency
    order by h.at desc limit 1;
    return (
        select min(h.amount) from pricing.history h
        where h.variant_id = p_variant and h.currency = p_currency
            and h.at < since and h.at >= coalesce((
                select max(b.at) from pricing.history b
                where b.variant_id = p_variant and b.currency = p_currency
                    and b.at <= since - interval '30 days'), '-infinity'));
end
$$;

comment on function pricing.lowest is
    'the lowest price of the 30 days before the present one began, which a'
    ' reduction has to be compared with; null: there was none';
