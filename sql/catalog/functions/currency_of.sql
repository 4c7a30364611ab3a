create or replace function catalog.currency_of(store store.store,
                                               document jsonb)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    given text := case when jsonb_typeof(document -> 'price') = 'object'
                       then document #>> '{price,currency}' end;
    currency text := coalesce(document ->> 'currency', given, store.currency);
begin
    if currency <> all (store.currencies) then
        perform api.fail('PR422', format('This store sells in %s.',
            array_to_string(store.currencies, ', ')),
            case when document ? 'currency' then '/currency' else '/price' end);
    end if;
    return currency;
end
$$;

comment on function catalog.currency_of is
    'the currency that the prices of a product''s body are in';
