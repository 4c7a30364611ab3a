create or replace function store.apply(old store.store, new store.store)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if (old.currency, old.currencies, old.locales) is distinct from
       (new.currency, new.currencies, new.locales)
    then
        -- a price is looked up by its currency's place: only what comes after
        -- the others may wait
        perform catalog.render_below(null, null, new.id,
            case when new.currencies[:cardinality(old.currencies)]
                = old.currencies then 1000 else 2147483647 end);
    end if;
    if old.display_limit <> new.display_limit then
        update inventory.stock s set display_limit = new.display_limit
            where s.store_id = new.id;
    end if;
end
$$;

comment on function store.apply is
    'what a change of settings means for products and stock';
