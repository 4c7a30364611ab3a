create or replace function pricing.publish(p_store bigint,
        p_variants bigint[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    lists bigint[] := pricing.lists_for(p_store, '{}');
    changed bigint[];
    products bigint[];
begin
    -- whoever renders a product holds it
    perform from catalog.product p
    where p.id in (select v.product_id from catalog.variant v
                   where v.id = any (p_variants))
    order by p.id for no key update;

    with wanted as (
        select distinct on (p.variant_id, p.currency) p.variant_id,
               p.currency, p.amount
        from pricing.list_price p
        where p.variant_id = any (p_variants) and p.list_id = any (lists)
            and p.min_quantity = 1
        order by p.variant_id, p.currency,
            array_position(lists, p.list_id)
    ), gone as (
        delete from pricing.public_price t
        where t.variant_id = any (p_variants) and not exists (
            select from wanted w where w.variant_id = t.variant_id
                and w.currency = t.currency)
        returning t.variant_id
    ), put as (
        insert into pricing.public_price as t (variant_id, currency, amount)
        select w.variant_id, w.currency, w.amount from wanted w
        on conflict (variant_id, currency) do update
        set amount = excluded.amount where t.amount <> excluded.amount
        returning t.variant_id
    )
    select array_agg(distinct u.variant_id) into changed
    from (select g.variant_id from gone g
          union all select p.variant_id from put p) as u;
    if changed is null then
        return;
    end if;

    perform pricing.note(changed);
    products := array(
        select distinct v.product_id from catalog.variant v
        where v.id = any (changed));
    update catalog.product p
    set version = p.version + 1, updated_at = now()
    where p.id = any (products) and p.deleted_at is null;
end
$$;

comment on function pricing.publish is
    'makes products show what everybody pays for these variants now';
