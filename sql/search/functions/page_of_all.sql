create or replace function search.page_of_all(store bigint, money text,
        sort text, size int, after search.hit)
    returns search.hit[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if sort = 'price' then
        return array(select row(e.product_id, -e.price)::search.hit
            from search.entry e
            where e.store_id = store and e.currency = money
            and (e.price, e.product_id) > (-after.rank, after.product_id)
            order by e.price, e.product_id limit size);
    elsif sort = '-price' then
        return array(select row(e.product_id, e.price)::search.hit
            from search.entry e
            where e.store_id = store and e.currency = money
            and (e.price, e.product_id) < (after.rank, after.product_id)
            order by e.price desc, e.product_id desc limit size);
    elsif sort = 'rating' then
        return array(select row(e.product_id, e.rating)::search.hit
            from search.entry e
            where e.store_id = store and e.currency = money
            and (e.rating, e.product_id) < (after.rank, after.product_id)
            order by e.rating desc, e.product_id desc limit size);
    end if;
    return array(select row(e.product_id, e.newest)::search.hit
        from search.entry e
        where e.store_id = store and e.currency = money
        and (e.newest, e.product_id) < (after.rank, after.product_id)
        order by e.newest desc, e.product_id desc limit size);
end
$$;

comment on function search.page_of_all is
    'a page of everything, by the index of its order';
