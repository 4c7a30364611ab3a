create or replace function store.convert_step(job uuid, lease uuid, size int)
    returns table (held boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    mine ops.job := ops.job_held(job, lease);
    products bigint[];
    moved bigint[];
begin
    if mine.id is null then
        return query select false;
        return;
    end if;
    products := array(
        select p.id from catalog.product p
        where p.store_id = mine.store_id and p.deleted_at is null
        and p.id > coalesce((mine.state ->> 'after')::bigint, 0)
        order by p.id limit size
        for no key update);
    moved := catalog.convert_prices(mine.store_id, products,
                                    mine.options ->> 'currency');
    update catalog.product p set version = p.version + 1, updated_at = now()
        where p.id = any (moved);

    mine.rows_done := mine.rows_done + cardinality(products);
    mine.updated := mine.updated + cardinality(moved);
    mine.place := least(mine.rows_done, mine.size);
    if cardinality(products) < size then
        mine.status := 'done';
    else
        mine.state := jsonb_build_object('after', products[size]);
    end if;
    perform ops.job_moved(mine);
    return query select mine.status = 'running';
end
$$;

comment on function store.convert_step is
    'the next products of a prices.convert; false: no more, or not this'
    ' worker''s';
