create or replace function catalog.put_attribute(type bigint, a jsonb,
        place int, field text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    kind constant text := a ->> 'kind';
    listed constant boolean := coalesce(jsonb_array_length(
        nullif(a -> 'choices', 'null')), 0) > 0;
    wrong text;
begin
    if listed <> (kind in ('choice', 'multi_choice', 'swatch')) then
        perform api.fail('PR422', 'Choices are what a choice, a multi_choice'
            ' and a swatch have.', field || '/choices');
    end if;
    select m.key into wrong from jsonb_each(a) as m
        where m.key in ('min', 'max')
        and jsonb_typeof(m.value) not in ('number', 'null')
        order by m.key limit 1;
    if found then
        perform api.fail('PR422', 'A number.', field || '/' || wrong);
    end if;
    if kind not in ('number', 'text')
        and num_nonnulls(a ->> 'min', a ->> 'max') > 0
        or (a ->> 'min')::numeric > (a ->> 'max')::numeric
    then
        perform api.fail('PR422', 'A number or a text may have limits, the'
            ' lower one first.', field || '/min');
    end if;
    if (kind = 'reference') <> (a ->> 'refers_to' is not null) then
        perform api.fail('PR422', 'What a reference refers to, and nothing'
            ' else does.', field || '/refers_to');
    end if;
    perform catalog.check_swatches(kind, a, field || '/swatches');
    if kind = 'file' and (a ->> 'filterable')::boolean then
        perform api.fail('PR422', 'Lists are not filtered by files.',
                         field || '/filterable');
    end if;
    insert into catalog.attribute (type_id, code, name, kind, required,
        filterable, choices, unit, low, high, position, swatches, refers_to)
    values (type, a ->> 'code', coalesce(a ->> 'name', a ->> 'code'), kind,
        coalesce((a ->> 'required')::boolean, false),
        coalesce((a ->> 'filterable')::boolean, false),
        case when listed then array(
            select c.value from jsonb_array_elements_text(a -> 'choices')
                with ordinality as c (value, n)
            group by c.value order by min(c.n)) end,
        a ->> 'unit', (a ->> 'min')::numeric, (a ->> 'max')::numeric, place,
        case when kind = 'swatch'
             then coalesce(nullif(a -> 'swatches', 'null'), '{}') end,
        a ->> 'refers_to');
end
$$;

comment on function catalog.put_attribute is
    'an attribute of a type, checked, at its place';
