create or replace function notification.plain(name text)
    returns text
    language plpgsql immutable
as $$
#variable_conflict use_column
begin
    return (
        select case when n.name !~* '(://|@|[[:alnum:]]\.[a-z]{2,})'
                    then n.name end
        from (select notification.one_line(plain.name) as name) as n
    );
end
$$;

comment on function notification.plain is
    'a name for a greeting; null when it is rather an address, so that nobody'
    ' can send advertising by registering others';
