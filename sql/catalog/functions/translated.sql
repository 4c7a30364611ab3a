create or replace function catalog.translated(store bigint, old jsonb,
                                              given jsonb, kind text)
    returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    t record;
    m record;
    known text[] := (select s.locales from store.store s where s.id = store);
    words text[] := case kind
        when 'product' then array['name', 'description', 'seo', 'options',
                                  'values', 'attributes']
        when 'type' then array['name', 'attributes', 'values']
        else array['name', 'description', 'seo'] end;
    wrong text;
begin
    for t in select * from jsonb_each(given) loop
        if t.key <> all (known[2:]) then
            perform api.fail('PR422', format('This store is translated to %s.',
                coalesce(nullif(array_to_string(known[2:], ', '), ''),
                         'no other language')), '/translations/' || t.key);
        end if;
        for m in select * from jsonb_each(
            case jsonb_typeof(t.value) when 'object' then t.value
                when 'null' then '{}' else '{"": 1}' end)
        loop
            wrong := case
                when m.key <> all (words) then
                    'One of ' || array_to_string(words, ', ') || '.'
                when m.key in ('name', 'description') then
                    case when jsonb_typeof(m.value) <> 'string'
                        or length(m.value #>> '{}') not between 1
                            and case m.key when 'name' then 200
                                else 20000 end
                        then 'A text of its length.' end
                when jsonb_typeof(m.value) <> 'object' or exists (
                    select from jsonb_each(m.value) as v
                    where jsonb_typeof(v.value) <> 'string'
                    or length(v.value #>> '{}') > 2000)
                    then 'Texts by their names.' end;
            if wrong is not null then
                perform api.fail('PR422', wrong, format('/translations/%s%s',
                    t.key, coalesce('/' || nullif(m.key, ''), '')));
            end if;
        end loop;
    end loop;
    return jsonb_strip_nulls(old || coalesce(given, '{}'));
end
$$;

comment on function catalog.translated is
    'translations after a change: a locale is replaced as a whole, null takes'
    ' it away';
