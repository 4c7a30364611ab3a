create or replace function page.plain(store bigint, actor uuid, base text,
                                      name text)
    returns setof page.answer
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select m.*
    from (values ('cart', 'Your cart', 200),
                 ('checkout', 'Checkout', 200),
                 ('sign-in', 'Sign in', 200),
                 ('register', 'Create an account', 200),
                 ('forgot-password', 'Forgot your password?', 200),
                 ('reset-password', 'A new password', 200),
                 ('verify-email', 'Your e-mail', 200),
                 ('accept-invitation', 'Your invitation', 200),
                 ('not-found', 'Not found', 404)) as p (name, title, status)
    cross join lateral page.make(store, actor, name, p.title, null, null,
        '', null, null, 'noindex', p.status) as m
    where p.name = plain.name;
end
$$;

comment on function page.plain is
    'a page without data of its own: what it shows is asked for by the browser'
    ' (the cart is in Redis), or nothing';
