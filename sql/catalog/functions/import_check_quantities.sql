create or replace function catalog.import_check_quantities(variant bigint,
                                                           cells jsonb)
    returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.variant;
    step int;
    least int;
    most int;
begin
    select v.* into old from catalog.variant v where v.id = variant;
    step := coalesce((cells ->> 'quantity_step')::int, old.quantity_step, 1);
    least := coalesce((cells ->> 'min_quantity')::int, old.min_quantity, 1);
    most := case when cells ? 'max_quantity'
        then nullif(cells ->> 'max_quantity', '-')::int
        else old.max_quantity end;
    return coalesce(most / step * step >= least, true);
end
$$;

comment on function catalog.import_check_quantities is
    'whether there is a quantity between the limits that a variant has after a'
    ' row; a variant that is new has none before it';
