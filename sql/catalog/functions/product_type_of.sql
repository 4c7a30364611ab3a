create or replace function catalog.product_type_of(store bigint,
                                                   document jsonb)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    type bigint;
begin
    if document ->> 'type' is null then
        return null;
    end if;
    type := catalog.type_find(store, document ->> 'type');
    if type is null then
        perform api.fail('PR422', 'There is no such product type.', '/type');
    end if;
    return type;
end
$$;

comment on function catalog.product_type_of is
    'the type that a product''s body names by code or id';
