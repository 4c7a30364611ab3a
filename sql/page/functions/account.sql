create or replace function page.account(store bigint, actor uuid, base text)
    returns setof page.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    who jsonb := page.viewer(actor);
begin
    if who is null then
        return next page.moved(303, '/sign-in?next=/account');
        return;
    end if;
    return next page.make(store, actor, 'account', 'Your account', null, null,
                          ', "account": ' || who::text,
                          robots => 'noindex');
end
$$;

comment on function page.account is
    'orders and profile of the signed-in user; others sign in first';
