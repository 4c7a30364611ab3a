create or replace function catalog.put_attributes(type bigint,
                                                  attributes jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    a record;
    listed boolean;
    wrong text;
begin
    delete from catalog.attribute x where x.type_id = type;
    for a in
        select x.value as j, x.n, format('/attributes/%s', x.n - 1) as field
        from jsonb_array_elements(attributes) with ordinality as x (value, n)
    loop
        listed := jsonb_array_length(a.j -> 'choices') > 0;
        if coalesce(listed, false)
            <> (a.j ->> 'kind' in ('choice', 'multi_choice'))
        then
            perform api.fail('PR422', 'Choices are what a choice and a'
                ' multi_choice have.', a.field || '/choices');
        end if;
        select m.key into wrong from jsonb_each(a.j) as m
            where m.key in ('min', 'max')
            and jsonb_typeof(m.value) not in ('number', 'null')
            order by m.key limit 1;
        if found then
            perform api.fail('PR422', 'A number.', a.field || '/' || wrong);
        end if;
        if a.j ->> 'kind' not in ('number', 'text')
            and num_nonnulls(a.j ->> 'min', a.j ->> 'max') > 0
            or (a.j ->> 'min')::numeric > (a.j ->> 'max')::numeric
        then
            perform api.fail('PR422', 'A number or a text may have limits, the'
                ' lower one first.', a.field || '/min');
        end if;
        if exists (select from catalog.attribute x where x.type_id = type
                   and x.code = a.j ->> 'code')
        then
            perform api.fail('PR422', 'Two attributes have this code.',
                             a.field || '/code');
        end if;
        insert into catalog.attribute (type_id, code, name, kind, required,
            filterable, choices, unit, low, high, position)
        values (type, a.j ->> 'code', coalesce(a.j ->> 'name', a.j ->> 'code'),
            a.j ->> 'kind', coalesce((a.j ->> 'required')::boolean, false),
            coalesce((a.j ->> 'filterable')::boolean, false),
            case when listed then array(
                select c.value from jsonb_array_elements_text(
                    a.j -> 'choices') with ordinality as c (value, n)
                group by c.value order by min(c.n)) end,
            a.j ->> 'unit', (a.j ->> 'min')::numeric,
            (a.j ->> 'max')::numeric, a.n);
    end loop;
end
$$;

comment on function catalog.put_attributes is
    'the attributes of a type, in this order, in place of those it had';
