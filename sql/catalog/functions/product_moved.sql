create or replace function catalog.product_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = on
as $$
declare
    moved bigint[];
    rated bigint[];
begin
    -- who makes or changes many at once announces them together
    if current_setting('shop.announce', true) = 'own' then
        return null;
    end if;
    select array_agg(n.id order by n.id) filter (
               where n.version <> o.version),
           array_agg(n.id order by n.id) filter (
               where n.version = o.version
               and n.rating_counts <> o.rating_counts)
        into moved, rated
        from new_rows n join old_rows o on o.id = n.id;
    if moved is not null then
        perform catalog.announce(moved);
    end if;
    if rated is not null then
        perform catalog.render(rated);
        perform catalog.drop_products(rated);
    end if;
    return null;
end
$$;

comment on function catalog.product_moved is
    'trigger: a product whose version or rating moved is rendered, indexed'
    ' and announced';

create or replace trigger product_moved
    after update on catalog.product
    referencing old table as old_rows new table as new_rows
    for each statement execute function catalog.product_moved();
