create or replace function search.cursor_of(after text, sort text)
    returns search.hit
    language plpgsql stable
as $$
declare
    part text[];
begin
    if after is null then
        return row(9223372036854775807, 9223372036854775807)::search.hit;
    end if;
    part := string_to_array(api.cursor_decode(after), '|');
    if cardinality(part) <> 3 or part[1] <> sort
       or part[2] || part[3] is null
       or part[2] !~ '^-?[0-9]{1,18}$' or part[3] !~ '^[0-9]{1,18}$'
    then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return row(part[3]::bigint, part[2]::bigint)::search.hit;
end
$$;

comment on function search.cursor_of is
    'where the next page of a list starts, or its first page';
