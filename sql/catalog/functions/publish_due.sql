create or replace function catalog.publish_due(size int)
    returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    due bigint[];
begin
    due := array(
        select p.id from catalog.product p
        where p.deleted_at is null and (p.publish_at <= now()
            or p.unpublish_at <= now())
        order by p.id limit size for no key update skip locked);
    if due = '{}' then
        return 0;
    end if;
    -- what begins and ends in the same moment has ended
    update catalog.product p
        set status = case when p.unpublish_at <= now() then 'draft'
                     else 'published' end,
            published_at = case when p.unpublish_at <= now()
                then p.published_at else coalesce(p.published_at, now()) end,
            publish_at = null,
            unpublish_at = case when p.unpublish_at <= now() then null
                           else p.unpublish_at end,
            version = p.version + 1, updated_at = now()
        where p.id = any (due);
    insert into ops.audit (store_id, action, subject)
    select p.store_id, 'product.' || case p.status when 'published'
               then 'publish' else 'unpublish' end, 'product:' || p.id
    from catalog.product p where p.id = any (due) order by p.id;
    return cardinality(due);
end
$$;

comment on function catalog.publish_due is
    'publishes and withdraws what is due by its dates';
