create or replace function catalog.collection_made(c catalog.collection,
                                                   document jsonb)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := 0;
begin
    if c.kind = 'manual' then
        if document ? 'products' then
            perform catalog.collection_put(c, document -> 'products');
        end if;
        return null;
    end if;
    -- a small catalog at once, the rest of a large one by the worker
    place := catalog.collection_fill(c.id, 0, 5000);
    update catalog.collection k set filled_to = place where k.id = c.id;
    return place;
end
$$;

comment on function catalog.collection_made is
    'fills a collection with what its body or its rule says; where it stopped,'
    ' or null when it is complete';
