drop function if exists page.account(bigint, uuid, text);

create or replace function page.member(store bigint, actor uuid, base text,
        name text, request text default null)
    returns setof page.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    who jsonb := page.viewer(actor);
    title text;
    address text;
begin
    select p.title, p.address into strict title, address
        from (values
            ('account', 'Your account', '/account'),
            ('addresses', 'Your addresses', '/account/addresses'),
            ('security', 'Sign-in and security', '/account/security'),
            ('privacy', 'Your data', '/account/privacy'),
            ('consent', 'Let an application in', '/consent'))
            as p (name, title, address)
        where p.name = member.name;
    if who is null then
        return next page.moved(303, '/sign-in?next=' || address
            || case when request ~ '^[A-Za-z0-9_-]{1,200}$'
                    then '%3Frequest%3D' || request else '' end);
        return;
    end if;
    return next page.make(store, actor, name, title, null, null,
                          ', "account": ' || who::text,
                          robots => 'noindex');
end
$$;

comment on function page.member is
    'a page of the signed-in user; others sign in first and come back to it';
