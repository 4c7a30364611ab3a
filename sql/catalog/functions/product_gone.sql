create or replace function catalog.product_gone()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from catalog.rendered r using gone g where r.product_id = g.id;
    return null;
end
$$;

comment on function catalog.product_gone is
    'trigger: nothing rendered of products that were removed is left';

create or replace trigger product_gone
    after delete on catalog.product
    referencing old table as gone
    for each statement execute function catalog.product_gone();
