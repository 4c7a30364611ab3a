create or replace function cart.localized_item(p_item jsonb, p_words jsonb)
    returns jsonb
    language sql stable
as $$
    select case when p_words is null then p_item else p_item
        || jsonb_strip_nulls(jsonb_build_object('name', p_words -> 'name'))
        || case when p_words ?| '{options,values}'::text[]
            then jsonb_build_object('options', catalog.localized_chosen(
                p_item -> 'options', p_words)) else '{}' end end
$$;

comment on function cart.localized_item is
    'a line of a quote in the words of its product''s translation';
