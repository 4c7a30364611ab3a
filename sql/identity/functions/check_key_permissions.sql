create or replace function identity.check_key_permissions(actor uuid,
        scope text, wanted text[], whole boolean)
    returns text[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    known constant text[] := identity.check_permissions(wanted);
    beyond text;
begin
    select min(p.name) into beyond
    from identity.permission p
    where p.name = any (known)
    and (p.reach = 'person' or (p.reach = 'installation' and not whole));

    if beyond is not null then
        perform api.fail('ID422', format('%s is not for %s.', beyond,
            case when whole then 'a key' else 'the key of one store' end),
            '/permissions');
    end if;
    perform identity.check_held(actor, scope, known);
    return known;
end
$$;

comment on function identity.check_key_permissions is
    'the permissions of a key to be: known, fit for a key, and its maker''s';
