create or replace function api.fail(state text, message text,
                                    field text default null)
    returns void
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if field is null then
        raise exception using errcode = state, message = message;
    end if;
    raise exception using errcode = state, message = message, column = field;
end
$$;

comment on function api.fail is
    'refuses: raises the SQLSTATE with a sentence for people; field is "/name"'
    ' of the body or "name" of the query';
