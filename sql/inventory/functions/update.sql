drop function if exists inventory.update(bigint, uuid, boolean, jsonb);

create or replace function inventory.update(store bigint, actor uuid,
        manager boolean, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    variant catalog.variant := inventory.find(store, document);
    shown inventory.shown[] :=
        inventory.shown_of(array[variant.product_id]);
    tags text;
begin
    if if_version is not null then
        perform inventory.lock(array(
            select v.id from catalog.variant v
            where v.product_id = variant.product_id));
        if inventory.print_of(variant.product_id) <> if_version then
            perform api.fail('AP412', 'The stock has changed meanwhile.');
        end if;
    end if;
    perform inventory.adjust(store, actor, manager, document);
    tags := inventory.tell(shown);
    return inventory.updated(variant, tags);
end
$$;

comment on function inventory.update is
    'POST /inventory/update: one change of a stock';
