create or replace function identity.check_held(account uuid, scope text,
        wanted text[])
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    lacking constant text := identity.not_held(account, scope, wanted);
begin
    if lacking is not null then
        perform api.fail('ID403', format('You don''t hold %s yourself.',
            case lacking when '*' then 'every permission' else lacking end));
    end if;
end
$$;

comment on function identity.check_held is
    'refuses who reaches for permissions that he does not hold';
