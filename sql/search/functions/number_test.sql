create or replace function search.number_test(name text, given jsonb)
    returns text
    language plpgsql stable
as $$
#variable_conflict use_variable
declare
    key constant text := '$.' || to_json(name);
begin
    return (
        select format('(!exists(%s) || %s)', key, string_agg(case
                   when r.exact then format('%s == %s', key, r.low)
                   else format('(%s)', concat_ws(' && ',
                       key || ' >= ' || r.low,
                       key || ' < ' || r.high)) end, ' || '))
        from search.number_ranges(given) as r
    );
end
$$;

comment on function search.number_test is
    'a jsonpath: whether the number of this name is in one of these ranges';
