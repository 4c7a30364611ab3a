create or replace function notification.items(quote jsonb, language text)
    returns jsonb
    language plpgsql stable
as $$
#variable_conflict use_column
begin
    return (
        select jsonb_agg(jsonb_build_object(
            'name', i.item ->> 'name',
            'options', (select string_agg(o.value, ', ')
                        from jsonb_each_text(case
                            jsonb_typeof(i.item -> 'options') when 'object' then i.item -> 'options'
                            else '{}' end) as o),
            'quantity', (i.item ->> 'quantity')::bigint,
            'total', notification.price(i.item -> 'line_total', language))
            order by i.place)
        from jsonb_array_elements(quote -> 'items') with ordinality
            as i (item, place)
    );
end
$$;

comment on function notification.items is 'the lines of an order for a mail';
