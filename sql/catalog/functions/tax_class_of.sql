create or replace function catalog.tax_class_of(store store.store,
                                                document jsonb)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    class text := coalesce(document ->> 'tax_class', store.tax_class);
begin
    if not exists (select from store.tax_class c
                   where c.store_id = store.id and c.code = class)
    then
        perform api.fail('PR422', 'There is no such tax class.',
                         '/tax_class');
    end if;
    return class;
end
$$;

comment on function catalog.tax_class_of is
    'the tax class of a product''s body, or the store''s own';
