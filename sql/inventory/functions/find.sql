drop function if exists inventory.find(bigint, jsonb);

create or replace function inventory.find(store bigint, document jsonb,
        field text default '')
    returns catalog.variant
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    named text[] := array(select k from unnest(
        array['sku', 'product_id', 'variant_id']) as k
        where document ->> k is not null);
    wanted bigint;
    found_one catalog.variant;
    others bigint;
begin
    if cardinality(named) <> 1 then
        perform api.fail('ST422',
            'One of sku, product_id and variant_id is needed.',
            field || '/' || coalesce(named[2], 'sku'));
    end if;
    if named[1] = 'sku' then
        select v.* into found_one from catalog.variant v
            where v.store_id = store and v.sku = document ->> 'sku'
            and v.deleted_at is null;
    elsif document ->> named[1] ~ '^[0-9]{1,18}$' then
        wanted := document ->> named[1];
        select v.* into found_one from catalog.variant v
            where v.store_id = store and v.id = wanted
            and v.deleted_at is null;
    end if;
    if named[1] = 'product_id' then
        select v.* into found_one from catalog.variant v
            where v.store_id = store and v.product_id = wanted
            and v.deleted_at is null order by v.id limit 1;
        select count(*) into others from catalog.variant v
            where v.product_id = wanted and v.deleted_at is null;
        if others > 1 then
            perform api.fail('PV422', 'This product has several variants:'
                ' name one by sku or variant_id.', field || '/product_id');
        end if;
    end if;
    if found_one.id is null then
        perform api.fail('ST404', 'There is no such product or variant.');
    end if;
    return found_one;
end
$$;

comment on function inventory.find is
    'the variant that a body names by sku, product_id or variant_id';
