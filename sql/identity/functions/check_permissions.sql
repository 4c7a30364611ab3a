create or replace function identity.check_permissions(wanted text[])
    returns text[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    unknown text;
begin
    select min(w) into unknown from unnest(wanted) as w
    where not exists (select from identity.permission p where p.name = w);

    if unknown is not null then
        perform api.fail('ID422', format('%s is not a permission.', unknown),
                         '/permissions');
    end if;

    return array(select distinct w from unnest(wanted) as w order by w);
end
$$;

comment on function identity.check_permissions is
    'permissions that are known, sorted; refuses others';
