create or replace function notification.one_line(value text)
    returns text
    language sql immutable
as $$
    select nullif(left(btrim(regexp_replace(value, '[[:cntrl:][:space:]]+',
                                            ' ', 'g')), 200), '')
$$;

comment on function notification.one_line is
    'what people typed, so that it can''t look like more lines of a mail';
