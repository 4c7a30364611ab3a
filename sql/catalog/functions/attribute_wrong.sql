create or replace function catalog.attribute_wrong(kind text, value jsonb,
        choices text[], low numeric, high numeric)
    returns text
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    form text := jsonb_typeof(value);
    word text := value #>> '{}';
begin
    case kind
    when 'boolean' then
        return case when form <> 'boolean' then 'True or false.' end;
    when 'number' then
        return case when form <> 'number' then 'A number.'
            when word::numeric < low then format('At least %s.', low)
            when word::numeric > high then format('At most %s.', high) end;
    when 'text' then
        return case when form <> 'string' then 'A text.'
            when length(word) < coalesce(low, 1)
                or length(word) > coalesce(high, 2000)
            then format('%s to %s characters.', coalesce(low, 1),
                        coalesce(high, 2000)) end;
    when 'choice', 'swatch' then
        return case when form <> 'string' or word <> all (choices)
            then 'One of ' || array_to_string(choices, ', ') || '.' end;
    when 'multi_choice' then
        return case when form <> 'array' or not value <@ to_jsonb(choices)
                or jsonb_array_length(value) <> (
                    select count(distinct v)
                    from jsonb_array_elements(value) as v)
            then 'Some of ' || array_to_string(choices, ', ') || '.' end;
    when 'file' then
        return case when form <> 'string' or length(word) > 2000
            or word !~ '^(https?://|/[^/])[^[:space:][:cntrl:]]*$'
            then 'An address: https://, http:// or a path of this shop.' end;
    else
        if form <> 'string' or word !~ '^\d{4}-\d\d-\d\d$' then
            return 'A day, as 2026-12-31.';
        end if;
        perform word::date;
        return null;
    end case;
exception when datetime_field_overflow or invalid_datetime_format then
    return 'A day, as 2026-12-31.';
end
$$;

comment on function catalog.attribute_wrong is
    'what is wrong with a value of an attribute, or null';
