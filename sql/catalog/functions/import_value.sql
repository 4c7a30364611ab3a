create or replace function catalog.import_value(kind text, cell jsonb)
    returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when jsonb_typeof(cell) <> 'string' then cell
        when c.word = '-' then 'null'
        when kind = 'number' and c.word ~ '^-?[0-9]{1,15}([.][0-9]{1,10})?$'
            then to_jsonb(c.word::numeric)
        when kind = 'boolean' and lower(c.word) in ('true', 'yes', '1')
            then 'true'
        when kind = 'boolean' and lower(c.word) in ('false', 'no', '0')
            then 'false'
        when kind = 'multi_choice' or kind = 'reference'
            and strpos(c.word, '|') > 0 then (
            select jsonb_agg(btrim(w)) from unnest(string_to_array(c.word, '|'))
                as w)
        else cell end
    from (select cell #>> '{}' as word) as c
$$;

comment on function catalog.import_value is
    'the text of a cell as a value of an attribute; what is none stays a text,'
    ' "-" is null: no value';
