create or replace function identity.redirect_fits(registered text, given text)
    returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when given = registered then true
        when registered ~ '^http://(127\.0\.0\.1|\[::1\]|localhost)[:/]'
            then regexp_replace(registered, '^(http://[^/:\[]+|http://\[::1\])(:[0-9]{1,5})?/', '\1/')
                 = regexp_replace(given, '^(http://[^/:\[]+|http://\[::1\])(:[0-9]{1,5})?/', '\1/')
        else false end
$$;

comment on function identity.redirect_fits is
    'the same address, character by character; on loopback a program of this'
    ' machine has whatever port it got (RFC 8252, 7.3)';
