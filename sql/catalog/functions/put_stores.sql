create or replace function catalog.put_stores(product catalog.product,
        manager boolean, document jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    e record;
    elsewhere bigint;
    category bigint;
    kept bigint[] := '{}';
begin
    if not document ? 'stores' then
        return;
    end if;
    if not manager then
        perform api.fail('PR403', 'Who manages the catalog shows products in'
                         ' other stores.');
    end if;
    for e in
        select x.value as j, '/stores/' || x.n - 1 as field
        from jsonb_array_elements(document -> 'stores')
            with ordinality as x (value, n)
    loop
        select s.id into elsewhere from store.store s
            where s.code = e.j ->> 'store';
        if elsewhere is null or elsewhere = product.store_id then
            perform api.fail('PR422', 'The code of another store.',
                             e.field || '/store');
        end if;
        category := catalog.category_find(elsewhere, e.j ->> 'category');
        if category is null and e.j ->> 'category' is not null then
            perform api.fail('PR422', 'That store has no such category.',
                             e.field || '/category');
        end if;
        insert into catalog.product_store (product_id, store_id, category_id)
        values (product.id, elsewhere, category)
        on conflict (product_id, store_id) do update
        set category_id = excluded.category_id;
        kept := kept || elsewhere;
        -- lists of that store change with what this one does
        update store.store s
            set shows = s.shows || ' catalog:' || product.store_id
            where s.id = elsewhere and s.shows || ' '
                not like '% catalog:' || product.store_id || ' %';
        perform ops.notify_drop('catalog:' || elsewhere);
    end loop;
    delete from catalog.product_store x
        where x.product_id = product.id and x.store_id <> all (kept);
end
$$;

comment on function catalog.put_stores is
    'the other stores that show a product, in place of those that did';
