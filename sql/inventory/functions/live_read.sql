create or replace function inventory.live_read(products bigint[],
        known bigint[])
    returns table (ord int, seq bigint, type text, data text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select w.ord::int, h.version, 'stock.changed'::text,
           (inventory.visible(w.id) || jsonb_build_object('variants', (
               select coalesce(jsonb_agg(jsonb_build_object('variant_id',
                          v.id::text, 'available', v.available)
                          order by v.id), '[]')
               from (select k.variant_id as id,
                            least(sum(k.shown), max(k.display_limit))
                                as available
                     from inventory.stock k
                     join catalog.variant c on c.id = k.variant_id
                     where k.product_id = w.id and c.deleted_at is null
                     group by k.variant_id) as v)))::text
    from unnest(products, known) with ordinality as w (id, after, ord)
    join inventory.shown h on h.product_id = w.id and h.version > w.after
    order by w.ord;
end
$$;

comment on function inventory.live_read is
    'the stock of products that has changed for a batch of open streams';
