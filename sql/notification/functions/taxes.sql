create or replace function notification.taxes(quote jsonb, language text)
    returns jsonb
    language plpgsql stable
as $$
#variable_conflict use_column
begin
    return (
        select jsonb_agg(jsonb_build_object(
            'name', t.tax ->> 'name',
            'rate', case when split_part(language, '-', 1) = 'en'
                         then t.tax ->> 'rate'
                         else replace(t.tax ->> 'rate', '.', ',') end,
            'amount', notification.price(t.tax -> 'amount', language))
            order by t.place)
        from jsonb_array_elements(quote #> '{tax,lines}') with ordinality
            as t (tax, place)
        where (t.tax #>> '{amount,amount}')::bigint <> 0
    );
end
$$;

comment on function notification.taxes is 'the taxes of an order for a mail';
