create or replace function notification.items(quote jsonb, language text)
    returns jsonb
    language sql stable
as $$
    select jsonb_agg(jsonb_build_object(
        'name', i.item ->> 'name',
        'options', (select string_agg(o.value, ', ')
                    from jsonb_each_text(case jsonb_typeof(i.item -> 'options')
                        when 'object' then i.item -> 'options'
                        else '{}' end) as o),
        'quantity', (i.item ->> 'quantity')::bigint,
        'total', notification.price(i.item -> 'line_total', language))
        order by i.place)
    from jsonb_array_elements(quote -> 'items') with ordinality
        as i (item, place)
$$;

comment on function notification.items is 'the lines of an order for a mail';
