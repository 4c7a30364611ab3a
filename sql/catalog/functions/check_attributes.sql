create or replace function catalog.check_attributes(type bigint,
                                                    attributes jsonb)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    wrong record;
begin
    if type is null then
        return;
    end if;
    select * into wrong from catalog.attributes_wrong(type, attributes)
        limit 1;
    if found then
        perform api.fail('PR422', wrong.detail, '/attributes/' || replace(
            replace(wrong.code, '~', '~0'), '/', '~1'));
    end if;
end
$$;

comment on function catalog.check_attributes is
    'refuses attributes that are not as the product''s type says';
