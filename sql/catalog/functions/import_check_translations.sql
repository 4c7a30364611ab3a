create or replace function catalog.import_check_translations(store bigint,
                                                             cells jsonb)
    returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform catalog.translated(store, '{}', catalog.import_translations('{}',
            cells -> 'translations{}', cells -> 'translations'), 'product');
    return true;
exception when sqlstate 'PR422' then
    return false;
end
$$;

comment on function catalog.import_check_translations is
    'whether a row''s texts in other languages are what a product may have';
