create or replace function page.plain(store bigint, actor uuid, base text,
                                      name text)
    returns setof page.answer
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select page.make(store, actor, name, p.title, null, null, '', null, null,
                     'noindex', p.status)
    from (values ('cart', 'Your cart', 200),
                 ('checkout', 'Checkout', 200),
                 ('sign-in', 'Sign in', 200),
                 ('register', 'Create an account', 200),
                 ('not-found', 'Not found', 404)) as p (name, title, status)
    where p.name = plain.name
$$;

comment on function page.plain is
    'a page without data of its own: what it shows is asked for by the browser'
    ' (the cart is in Redis), or nothing';
