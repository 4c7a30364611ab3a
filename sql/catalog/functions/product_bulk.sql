create or replace function catalog.product_bulk(store_id bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    store store.store;
    item record;
    result jsonb;
    results jsonb[] := '{}';
    done bigint[] := '{}';
    changed bigint[] := '{}';
    refused int := 0;
begin
    select s.* into strict store from store.store s
        where s.id = product_bulk.store_id;
    begin
        perform catalog.bulk_lock(store.id, document -> 'items');
        for item in
            select x.value as j, x.n - 1 as n
            from jsonb_array_elements(document -> 'items')
                with ordinality as x (value, n)
            -- changes, then new products in the order of their slugs: two
            -- requests for the same slugs wait for each other in no circle
            order by not x.value ? 'id', case when not x.value ? 'id' then
                coalesce(x.value ->> 'slug',
                         catalog.slug_of(x.value ->> 'name')) end
                collate "C", x.n
        loop
            result := catalog.product_bulk_row(store, actor, manager, item.n,
                                               item.j);
            if (result ->> 'id')::bigint = any (done) then
                perform api.fail('PR422', 'A product is there twice.',
                                 format('/items/%s/id', item.n));
            end if;
            results[item.n + 1] := result;
            if result ? 'id' then
                done := done || (result ->> 'id')::bigint;
            else
                refused := refused + 1;
            end if;
            if result ->> 'status' = '200' then
                changed := changed || (result ->> 'id')::bigint;
            end if;
        end loop;

        if refused > 0 and (document ->> 'atomic')::boolean then
            raise exception using errcode = 'PB422', message = 'rows refused';
        end if;
    exception when sqlstate 'PB422' then
        return row(422, jsonb_build_object('code', 'rows_refused', 'detail',
            format('%s of %s rows were refused, so none was taken.', refused,
                   cardinality(results)),
            'results', (select jsonb_agg(r) from unnest(results) as r
                        where not r ? 'id')), null::text, null::text,
            null::text, false)::api.answer;
    end;
    -- all of them are rendered, indexed and announced together
    perform set_config('shop.announce', 'own', true);
    update catalog.product p
        set version = p.version + 1, updated_at = now()
        where p.id = any (changed);
    perform set_config('shop.announce', '', true);
    perform catalog.announce(done);
    return row(200, jsonb_build_object('results', results, 'taken',
            cardinality(done), 'refused', refused)::text, null::text,
        null::text, 'catalog:' || store.id || coalesce((
            select string_agg(' product:' || r, '')
            from unnest(done) as r), ''), false)::api.answer;
end
$$;

comment on function catalog.product_bulk is
    'POST /products/bulk: each row for itself, or with atomic all or none';
