create or replace function page.decimal(money json)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select round((money ->> 'amount')::numeric
                     / power(10::numeric, c.exponent), c.exponent)::text
        from api.currency c where c.code = money ->> 'currency'
    );
end
$$;

comment on function page.decimal is
    'Money as schema.org writes it: "19.99"';
