create or replace function catalog.import_variant(old catalog.variant,
                                                  d jsonb)
    returns catalog.variant
    language plpgsql stable
as $$
declare
    v catalog.variant := old;
begin
    v.sku := coalesce(d ->> 'sku', old.sku);
    if d ? 'barcode' then
        v.barcode := nullif(d ->> 'barcode', '-');
    end if;
    v.weight_grams := coalesce((d ->> 'weight_grams')::int, old.weight_grams);
    v.requires_shipping := coalesce(lower(d ->> 'requires_shipping')
        in ('true', 'yes', '1'), old.requires_shipping);
    v.min_quantity := coalesce((d ->> 'min_quantity')::int, old.min_quantity);
    if d ? 'max_quantity' then
        v.max_quantity := nullif(d ->> 'max_quantity', '-')::int;
    end if;
    v.quantity_step := coalesce((d ->> 'quantity_step')::int,
                                old.quantity_step);
    return v;
end
$$;

comment on function catalog.import_variant is
    'a variant after its rows';
