create or replace function media.image_of(product bigint, image bigint)
    returns catalog.image
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    found_one catalog.image;
begin
    select i.* into found_one from catalog.image i
        where i.product_id = product and i.id = image;
    if not found then
        perform api.fail('ZZ404', 'This product has no such picture.');
    end if;
    return found_one;
end
$$;

comment on function media.image_of is 'a picture of a product, or 404';
