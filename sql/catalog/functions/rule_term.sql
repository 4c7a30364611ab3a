create or replace function catalog.rule_term(store bigint, condition jsonb,
                                             field text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    trait text := condition ->> 'field';
    op text := condition ->> 'op';
    value jsonb := condition -> 'value';
    place text := '$.' || trait;
    wanted text := value::text;
    sign text;
begin
    if trait = 'attribute' then
        if coalesce(condition ->> 'name', '') = '' then
            perform api.fail('PR422', 'The name of an attribute is needed.',
                             field || '/name');
        end if;
        place := '$.attributes.' || (condition -> 'name')::text;
    elsif condition ? 'name' then
        perform api.fail('PR422', 'Only attributes have a name here.',
                         field || '/name');
    end if;

    if trait in ('tags', 'category', 'options', 'sku') then
        place := place || '[*]';
    end if;
    if trait = 'category' and jsonb_typeof(value) = 'string' then
        wanted := catalog.category_find(store, value #>> '{}')::text;
        if wanted is null then
            perform api.fail('PR422', 'There is no such category.',
                             field || '/value');
        end if;
    elsif trait = 'published' and jsonb_typeof(value) = 'string'
        and value #>> '{}' ~ ('^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d'
                              '(\.\d+)?(Z|[+-]\d\d:\d\d)$')
    then
        wanted := floor(extract(epoch from
                                (value #>> '{}')::timestamptz))::text;
    elsif (case trait
        when 'price' then jsonb_typeof(value) <> 'number'
        when 'on_sale' then jsonb_typeof(value) <> 'boolean'
        when 'attribute' then jsonb_typeof(value)
            not in ('string', 'number', 'boolean')
        when 'published' then true
        else jsonb_typeof(value) <> 'string' end)
    then
        perform api.fail('PR422', format('No value of %s.', trait),
                         field || '/value');
    end if;

    sign := case op when 'is' then '==' when 'less' then '<'
            when 'greater' then '>' when 'at_most' then '<='
            when 'at_least' then '>=' end;
    if op in ('less', 'greater', 'at_most', 'at_least')
        and trait not in ('price', 'published', 'attribute')
        or op in ('contains', 'starts_with')
        and (trait not in ('name', 'sku', 'attribute', 'tags')
             or jsonb_typeof(value) <> 'string')
        or op in ('is', 'is_not') and trait = 'published'
    then
        perform api.fail('PR422', format('%s has no such comparison.', trait),
                         field || '/op');
    end if;
    return case op
        when 'is_not' then format('!(%s == %s)', place, wanted)
        when 'contains' then format('%s like_regex %s flag "qi"', place,
                                    wanted)
        when 'starts_with' then format('%s starts with %s', place, wanted)
        else format('%s %s %s', place, sign, wanted) end;
end
$$;

comment on function catalog.rule_term is
    'a condition of a rule as a predicate of jsonpath; values are literals of'
    ' JSON, so that none of them can be more than a value';
