create or replace function media.done(p_key text, p_outcome text,
        p_width integer, p_height integer, p_reason text, p_wait interval)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    products bigint[];
begin
    -- who shows it, in the order of locks: product, then file
    products := array(
        select p.id from catalog.product p
        where p.id in (select i.product_id from catalog.image i
                       where i.key = p_key)
        order by p.id
        for no key update);

    update media.file f
    set state = case p_outcome when 'retry' then 'new' else p_outcome end,
        width = coalesce(p_width, f.width),
        height = coalesce(p_height, f.height),
        reason = case when p_outcome = 'failed' then left(p_reason, 200) end,
        next_at = case when p_outcome = 'retry' then now() + p_wait
                       else f.next_at end,
        updated_at = now()
    where f.key = p_key and f.state = 'working';
    if not found or p_outcome = 'retry' then
        return 0;
    end if;

    update catalog.image i
    set width = f.width, height = f.height
    from media.file f
    where i.key = p_key and f.key = p_key
    and (i.width, i.height) is distinct from (f.width, f.height);

    perform catalog.render(products);
    perform ops.notify_drop((
        select string_agg(distinct t.tag, ' ')
        from catalog.product p, unnest(array['product:' || p.id,
                                             'catalog:' || p.store_id])
            as t (tag)
        where p.id = any (products)));
    perform review.images_moved(p_key);
    return 1;
end
$$;

comment on function media.done is
    'what came of an upload: ready, failed for a reason, or retry; products'
    ' show it at once, their version stays';
