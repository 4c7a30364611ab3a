create or replace function cart.net(t cart.terms, p_class text,
        p_amount bigint)
    returns bigint
    language plpgsql stable
as $$
declare
    at int := array_position(t.net_classes, p_class);
begin
    return case when at is null then p_amount
                else cart.half_up(p_amount, 100, t.net_bases[at]) end;
end
$$;

comment on function cart.net is
    'an amount without the taxes of a class that it holds: for who pays none';
