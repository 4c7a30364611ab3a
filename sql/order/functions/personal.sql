create or replace function "order".personal(p_user uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('orders', coalesce(
        jsonb_agg("order".show(o)::jsonb order by o.id), '[]'))
    from "order".orders o
    where o.id in (select "order".of_person(p_user))
$$;

comment on function "order".personal is
    'the orders of a user, as a guest too, with addresses and payments, for its'
    ' own copy';
