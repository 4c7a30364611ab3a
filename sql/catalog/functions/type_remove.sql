create or replace function catalog.type_remove(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.product_type;
begin
    perform catalog.must_manage(actor, manager);
    select t.* into old from catalog.product_type t
        where t.id = catalog.type_find(store, ref) for update;
    if not found then
        perform api.fail('ZZ404', 'There is no such product type.');
    end if;
    if old.version <> if_version then
        perform api.fail('AP412', 'The type has changed meanwhile.');
    end if;
    if exists (select from catalog.product p where p.type_id = old.id
               and p.deleted_at is null)
    then
        perform api.fail('PD409', 'There are products of this type.');
    end if;
    update catalog.product p set type_id = null where p.type_id = old.id;
    delete from catalog.product_type t where t.id = old.id;
    perform ops.record(store, actor, 'type.remove', 'type:' || old.id,
                       to_jsonb(old), null);
    return row(204, null::text, null::text, null::text, null::text,
               false)::api.answer;
end
$$;

comment on function catalog.type_remove is
    'DELETE /product-types/{id}: one that no product has';
