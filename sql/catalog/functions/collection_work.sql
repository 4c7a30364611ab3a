create or replace function catalog.collection_work(size int)
    returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    c catalog.collection;
begin
    select k.* into c from catalog.collection k
        where k.filled_to is not null
        order by k.id limit 1 for no key update skip locked;
    if not found then
        return 0;
    end if;
    update catalog.collection k
        set filled_to = catalog.collection_fill(c.id, c.filled_to, size)
        where k.id = c.id;
    perform ops.notify_drop('catalog:' || c.store_id);
    return size;
end
$$;

comment on function catalog.collection_work is
    'goes on applying a new rule to a large catalog; 0 when nothing is left';
