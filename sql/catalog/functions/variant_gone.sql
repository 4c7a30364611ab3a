create or replace function catalog.variant_gone()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from catalog.offer o using gone g where o.variant_id = g.id;
    delete from pricing.history h using gone g where h.variant_id = g.id;
    return null;
end
$$;

comment on function catalog.variant_gone is
    'trigger: variants that were removed are not for sale, and have no history'
    ' of prices';

create or replace trigger variant_gone
    after delete on catalog.variant
    referencing old table as gone
    for each statement execute function catalog.variant_gone();
