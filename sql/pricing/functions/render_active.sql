create or replace function pricing.render_active(p_store bigint)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    a pricing.active;
begin
    -- one after the other: each sees what those before it have changed
    perform from store.store s where s.id = p_store for no key update;
    if not found then
        return;
    end if;
    select p_store, coalesce(bool_or(not x.grouped), false),
           coalesce(bool_or(x.grouped), false),
           coalesce(array_agg(x.id order by x.id) filter (where x.counted),
                    '{}')
    into a
    from (
        select p.id, exists (select from pricing.promotion_group g
                             where g.promotion_id = p.id) as grouped,
               p.max_uses is not null or p.max_uses_per_customer is not null
               as counted
        from pricing.promotion p
        where p.store_id = p_store and p.automatic and p.active
            and (p.ends_at is null or p.ends_at > now())
        union all
        select l.id, exists (select from pricing.list_group g
                             where g.list_id = l.id), false
        from pricing.price_list l
        where l.store_id = p_store and l.active
            and (l.ends_at is null or l.ends_at > now())) as x;
    delete from pricing.active t where t.store_id = p_store;
    if a.everyone or a.members then
        insert into pricing.active values (a.*);
    end if;
end
$$;

comment on function pricing.render_active is
    'keeps what quotes of a store have to look for; what ends meanwhile stays'
    ' until the next change, and is found not to apply';
