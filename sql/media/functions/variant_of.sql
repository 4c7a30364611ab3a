create or replace function media.variant_of(product bigint, document jsonb)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    variant bigint;
begin
    if document ->> 'variant_id' is null then
        return null;
    end if;
    select v.id into variant from catalog.variant v
        where v.product_id = product and v.deleted_at is null
        and v.id::text = document ->> 'variant_id';
    if variant is null then
        perform api.fail('ZZ422', 'This product has no such variant.',
                         '/variant_id');
    end if;
    return variant;
end
$$;

comment on function media.variant_of is
    'the variant that a picture shows, null for the whole product';
