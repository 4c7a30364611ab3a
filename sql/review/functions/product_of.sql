create or replace function review.product_of(store bigint, ref text)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    found_id bigint;
begin
    select r.product_id into found_id from catalog.rendered r
        where r.product_id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint
                             else catalog.product_of_slug(store, ref) end
        and r.store_id = store and r.published
        limit 1;
    if not found then
        perform api.fail('PR404', 'There is no such product.');
    end if;
    return found_id;
end
$$;

comment on function review.product_of is
    'a product that this store shows, by id or slug';
