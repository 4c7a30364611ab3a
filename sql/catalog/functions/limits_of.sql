create or replace function catalog.limits_of(v catalog.variant)
    returns int[]
    language sql stable
as $$
    select case when v.min_quantity > 1 or v.max_quantity is not null
                    or v.quantity_step > 1
           then array[v.min_quantity, v.max_quantity, v.quantity_step] end
$$;

comment on function catalog.limits_of is
    'the quantities that may be ordered of a variant; null: any';
