create or replace function "order".payment_json(p_id uuid, p_provider text,
        p_status text, p_action jsonb)
    returns text
    language sql stable
as $$
    select '{"id":"' || p_id::text || '","provider":"' || p_provider
           || '","status":"' || p_status || '","action":'
           || coalesce(p_action::text, 'null') || '}'
$$;

comment on function "order".payment_json is 'the payment inside of an order';
