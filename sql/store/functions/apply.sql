create or replace function store.apply(old store.store, new store.store)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    products bigint[];
begin
    if (old.currency, old.currencies) is distinct from
       (new.currency, new.currencies)
    then
        products := array(
            select p.id from catalog.product p
            where p.store_id = new.id and p.deleted_at is null);
        perform catalog.render_bodies(products);
        perform catalog.render_offers(products);
        perform search.index(products);
        delete from search.entry e
            where e.store_id = new.id
            and e.currency <> all (new.currencies);
    end if;
    if old.locales <> new.locales then
        perform search.index_facts(array(
            select f.product_id from search.fact f
            where f.store_id = new.id));
    end if;
    if old.display_limit <> new.display_limit then
        update inventory.stock s set display_limit = new.display_limit
            where s.store_id = new.id;
    end if;
end
$$;

comment on function store.apply is
    'what a change of settings means for products and stock';
