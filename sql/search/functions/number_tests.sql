drop function if exists search.in_ranges(jsonb, jsonb);

create or replace function search.number_tests(asked jsonb)
    returns jsonpath
    language plpgsql immutable
as $$
begin
    if asked is null then
        return null;
    end if;
    return (select string_agg(t.value, ' && ')
            from jsonb_each_text(asked) as t)::jsonpath;
end
$$;

comment on function search.number_tests is 'all tests of numbers as one';
