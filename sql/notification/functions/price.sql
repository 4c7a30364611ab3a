create or replace function notification.price(money jsonb, language text)
    returns text
    language sql stable
as $$
    select notification.money((money ->> 'amount')::bigint,
                              money ->> 'currency', language)
$$;

comment on function notification.price is 'Money of the API as people write it';
