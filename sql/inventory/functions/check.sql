create or replace function inventory.check()
    returns int
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    found_wrong int;
begin
    if not pg_try_advisory_xact_lock(1936224112, 20)
        or exists (select from inventory.ledger_check c
                   where c.checked_at > now() - case extract(hour from now())
                       when 3 then interval '20 hours'
                       else interval '26 hours' end)
    then
        return 0;
    end if;
    insert into inventory.ledger_check (wrong, findings)
    select count(*), coalesce(jsonb_agg(jsonb_build_object(
               'variant_id', v.variant_id::text,
               'warehouse_id', v.warehouse_id::text, 'wrong', v.wrong))
               filter (where v.n <= 100), '[]')
    from (select w.*, row_number() over () as n
          from inventory.verify() as w) as v
    returning wrong into found_wrong;
    delete from inventory.ledger_check c
        where c.checked_at < now() - interval '90 days';
    if found_wrong > 0 then
        perform ops.emit('shop.inventory', 'ledger',
            nextval('inventory.event_seq'), 'stock.mismatch',
            (select s.id from store.store s where s.is_default),
            jsonb_build_object('wrong', found_wrong));
    end if;
    return found_wrong;
end
$$;

comment on function inventory.check is
    'compares stock with its ledger, once a night: how much does not add up';
