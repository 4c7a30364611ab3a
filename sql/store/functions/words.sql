create or replace function store.words(p_store bigint, p_old jsonb,
        p_given jsonb, p_names text[], p_field text)
    returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    known text[] := (select s.locales[2:] from store.store s
                     where s.id = p_store);
    t record;
    w record;
    wrong text;
begin
    for t in select * from jsonb_each(p_given) loop
        if t.key <> all (known) then
            perform api.fail('SO422', format('This store is translated to %s.',
                coalesce(nullif(array_to_string(known, ', '), ''),
                         'no other language')), p_field || '/' || t.key);
        end if;
        for w in select * from jsonb_each(
            case jsonb_typeof(t.value) when 'object' then t.value
                when 'null' then '{}' else '{"": 1}' end)
        loop
            wrong := case when w.key <> all (p_names)
                    then 'One of ' || array_to_string(p_names, ', ') || '.'
                when jsonb_typeof(w.value) <> 'string'
                    or length(w.value #>> '{}') not between 1
                        and case w.key when 'name' then 100 else 500 end
                    then 'A text of its length.' end;
            if wrong is not null then
                perform api.fail('SO422', wrong, format('%s/%s%s', p_field,
                    t.key, coalesce('/' || nullif(w.key, ''), '')));
            end if;
        end loop;
    end loop;
    return jsonb_strip_nulls(p_old || coalesce(p_given, '{}'));
end
$$;

comment on function store.words is
    'texts in the other languages of a store after a change: a language is'
    ' replaced as a whole, null takes it away';
