create or replace function catalog.rule_test(store bigint, rule jsonb)
    returns jsonpath
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    return (
        select string_agg('(' || catalog.rule_term(store, c.value,
                              '/rule/conditions/' || c.n - 1) || ')',
                          case when rule ->> 'match' = 'any' then ' || '
                               else ' && ' end order by c.n)
        from jsonb_array_elements(rule -> 'conditions')
            with ordinality as c (value, n)
    )::jsonpath;
end
$$;

comment on function catalog.rule_test is
    'a rule as a predicate on catalog.traits()';
