create or replace function catalog.check_quantities(variant jsonb, field text)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    step int := coalesce((variant ->> 'quantity_step')::int, 1);
begin
    if (variant ->> 'max_quantity')::int / step * step
        < coalesce((variant ->> 'min_quantity')::int, 1)
    then
        perform api.fail('PR422', 'No quantity is a multiple of the step'
            ' between the least and the largest.', field || '/max_quantity');
    end if;
end
$$;

comment on function catalog.check_quantities is
    'refuses limits of a variant between which there is nothing';
