create or replace function "order".number(p_stores bigint[])
    returns text[]
    language plpgsql volatile
as $$
declare
    stores bigint[] := p_stores[1:1];
    store bigint;
    places int[];
    counter text;
    last bigint;
    numbers text[] := array_fill(null::text, array[cardinality(p_stores)]);
begin
    if p_stores[1] <> any (p_stores) then
        stores := array(select distinct s
                        from unnest(p_stores) as s order by s);
    end if;
    -- the counters are the last locks: numbers have no gap
    foreach store in array stores loop
        places := array_positions(p_stores, store);
        insert into "order".counter as c (store_id, series, value)
        values (store, 'order', 1000 + cardinality(places))
        on conflict (store_id, series)
        do update set value = c.value + cardinality(places)
        returning c.prefix, c.value into counter, last;
        for i in 1 .. cardinality(places) loop
            numbers[places[i]] := counter || (last - cardinality(places) + i);
        end loop;
    end loop;
    return numbers;
end
$$;

comment on function "order".number is
    'the next numbers of orders, one an element';
