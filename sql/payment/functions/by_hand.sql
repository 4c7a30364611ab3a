create or replace function payment.by_hand(p_provider text)
    returns boolean
    language sql immutable parallel safe
as $$
    select p_provider in ('offline', 'cash', 'card')
$$;

comment on function payment.by_hand is
    'whether people see to the money: the worker calls nobody';
