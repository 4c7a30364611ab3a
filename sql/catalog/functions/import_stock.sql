create or replace function catalog.import_stock(store store.store, actor uuid,
        rows catalog.import_row[])
    returns void
    language plpgsql volatile
as $$
declare
    variants bigint[];
    products bigint[];
    pieces bigint[];
    shown inventory.shown[];
begin
    -- what both of the following need, in one order
    perform inventory.lock_products(array(
        select distinct r.product_id from unnest(rows) as r
        where r.added and not r.made), array(
        select r.variant_id from unnest(rows) as r
        where not r.added and r.cells ? 'stock'
        and r.variant_id is not null));
    select array_agg(n.variant_id), array_agg(n.product_id),
           array_agg(n.pieces)
        into variants, products, pieces
        from (select r.variant_id, r.product_id,
                     coalesce(max((r.cells ->> 'stock')::bigint), 0) as pieces
              from unnest(rows) as r where r.added group by 1, 2) as n;
    if variants is not null then
        perform inventory.stock_first(store.id, variants, products, pieces,
                                      actor);
    end if;

    select array_agg(n.variant_id), array_agg(n.pieces)
        into variants, pieces
        from (select distinct on (r.variant_id) r.variant_id,
                     (r.cells ->> 'stock')::bigint as pieces
              from unnest(rows) as r
              where not r.added and r.cells ? 'stock'
              order by r.variant_id, r.line desc) as n;
    if variants is not null then
        -- what else of the product changes may be nothing
        shown := inventory.shown_of(array(
            select distinct r.product_id from unnest(rows) as r
            where r.variant_id = any (variants)));
        perform inventory.stock_set(store.id, variants, pieces, actor);
        perform inventory.tell(shown);
    end if;
end
$$;

comment on function catalog.import_stock is
    'stock of rows: the first of new variants, that of others to the figure of'
    ' their last row, in the first warehouse';
