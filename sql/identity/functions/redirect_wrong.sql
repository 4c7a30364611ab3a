create or replace function identity.redirect_wrong(uri text, public boolean)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when length(uri) > 2000 or uri !~ '^[!-~]+$' or uri ~ '[#*<>"\\^`{|}]'
            then 'must be an address in plain characters without "#" or "*"'
        when uri ~ '^https://[a-zA-Z0-9.-]+(:[0-9]{1,5})?/'
            then null
        when uri ~ '^http://(127\.0\.0\.1|\[::1\]|localhost)(:[0-9]{1,5})?/'
            then null
        when uri ~ '^http:'
            then 'must be https, or http on this machine (127.0.0.1)'
        when public and uri ~ '^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/'
            then null
        else 'must be https, with a path; a public client may have a scheme'
             ' of its own such as "com.example.app:/back"' end
$$;

comment on function identity.redirect_wrong is
    'what is wrong with an address that a browser is to be sent back to, or'
    ' null';
