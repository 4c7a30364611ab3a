create or replace function notification.plain(name text)
    returns text
    language sql immutable
as $$
    select case when n.name !~* '(://|@|[[:alnum:]]\.[a-z]{2,})'
                then nullif(n.name, '') end
    from (select left(btrim(regexp_replace(plain.name,
              '[[:cntrl:][:space:]<>]+', ' ', 'g')), 100) as name) as n
$$;

comment on function notification.plain is
    'a name for a greeting: one line; null when it is rather an address, so'
    ' that nobody can send advertising by registering others';
