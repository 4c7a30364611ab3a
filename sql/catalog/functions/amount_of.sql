create or replace function catalog.amount_of(price jsonb, currency text,
                                             field text)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    amount jsonb := price;
begin
    if jsonb_typeof(price) = 'object' then
        if price ->> 'currency' <> currency then
            perform api.fail('PR422', format('The currency here is %s.',
                             currency), field);
        end if;
        amount := price -> 'amount';
    end if;
    if amount is null or amount = 'null' then
        return null;
    end if;
    if jsonb_typeof(amount) <> 'number'
       or amount::numeric not between 0 and 99999999999
       or amount::numeric <> trunc(amount::numeric)
    then
        perform api.fail('PR422',
            'An amount is an integer from 0 to 99999999999.', field);
    end if;
    return amount::bigint;
end
$$;

comment on function catalog.amount_of is
    'minor units of a price given as an integer or as Money';
