create or replace function search.count_sales()
    returns int
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    since timestamptz;
    until timestamptz := now() - interval '5 s';
    changed int;
begin
    -- an order's event carries the start of its transaction, which has
    -- ended by then
    update search.sales_mark m set counted_to = until
        from (select k.counted_to from search.sales_mark k for update) as old
        where until > old.counted_to
        returning old.counted_to into since;
    if since is null then
        return 0;
    end if;
    insert into search.sale as s (product_id, pieces)
    select l.product_id, sum(l.quantity)
    from "order".event e
    join "order".line l on l.order_id = e.order_id
    join catalog.product p on p.id = l.product_id
    where e.at >= since and e.at < until
    and e.type = 'order.paid'
    group by l.product_id
    order by l.product_id
    on conflict (product_id) do update
    set pieces = s.pieces + excluded.pieces, changed_at = now();
    update search.fact f set sold = search.scale(s.pieces)
        from search.sale s
        where s.changed_at = now() and f.product_id = s.product_id
        and f.sold <> search.scale(s.pieces);
    get diagnostics changed = row_count;
    if changed > 0 then
        perform search.mark_best();
    end if;
    return changed;
end
$$;

comment on function search.count_sales is
    'adds what was paid for since the last time, and ranks products by it';
