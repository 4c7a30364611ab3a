create or replace function catalog.type_coded(document jsonb)
    returns void
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if document ->> 'code' !~ '[a-z]' then
        perform api.fail('PR422', 'A code has a letter among its small letters,'
            ' digits, _ and -.', '/code');
    end if;
end
$$;

comment on function catalog.type_coded is
    'refuses a code of a product type that could be the id of another one';
