create or replace function inventory.product_flipped(product bigint)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    flipped boolean;
begin
    -- two variants may sell out at the same time: one sees the other's stock
    -- after it has this lock
    perform from search.entry e where e.product_id = product
        order by e.store_id, e.currency for no key update;
    update search.entry e set in_stock = k.in_stock
        from (select bool_or(s.shown > 0) as in_stock
              from inventory.stock s where s.product_id = product) as k
        where e.product_id = product and e.in_stock <> k.in_stock;
    flipped := found;
    if flipped then
        insert into search.key (store_id, token, label)
        select f.store_id, '!', '' from search.fact f
        where f.product_id = product and not exists (
            select from search.key k
            where k.store_id = f.store_id and k.token = '!')
        order by f.store_id
        on conflict (store_id, token) do nothing;
        update search.fact f
            set in_stock = not f.in_stock, keys = case when f.in_stock
                then search.sort(f.keys operator(search.+) k.id)
                else f.keys operator(search.-) k.id end
            from search.key k
            where f.product_id = product and k.store_id = f.store_id
            and k.token = '!';
    end if;
    return flipped;
end
$$;

comment on function inventory.product_flipped is
    'sets in_stock of a product for lists; true if it has changed';
