create or replace function catalog.localized_value(value jsonb, words jsonb)
    returns jsonb
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    case jsonb_typeof(value)
    when 'string' then
        return coalesce(words -> (value #>> '{}'), value);
    when 'array' then
        return (select coalesce(jsonb_agg(coalesce(words -> (v.value #>> '{}'),
                                                   v.value) order by v.n),
                                '[]')
                from jsonb_array_elements(value)
                    with ordinality as v (value, n));
    else
        return value;
    end case;
end
$$;

comment on function catalog.localized_value is
    'a choice, or several, in translated words';
