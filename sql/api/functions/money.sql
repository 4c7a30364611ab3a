create or replace function api.money(amount bigint, currency text)
    returns jsonb
    language sql stable parallel safe
as $$
    select case when amount is not null then
        jsonb_build_object('amount', amount, 'currency', currency)
    end
$$;

comment on function api.money is 'Money of the API; null for no amount';
