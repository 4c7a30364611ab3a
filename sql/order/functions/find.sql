create or replace function "order".find(p_id uuid)
    returns setof api.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select 201, "order".show(o), o.version::text, '/orders/' || o.id,
           null::text, false
    from "order".orders o where o.id = p_id;
end
$$;

comment on function "order".find is
    'the answer of an order that was placed, or no row';
