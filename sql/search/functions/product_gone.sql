create or replace function search.product_gone()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from search.entry e using gone g where e.product_id = g.id;
    delete from search.fact f using gone g where f.product_id = g.id;
    return null;
end
$$;

comment on function search.product_gone is
    'trigger: products that were removed are not found any more';

create or replace trigger product_unlisted
    after delete on catalog.product
    referencing old table as gone
    for each statement execute function search.product_gone();
