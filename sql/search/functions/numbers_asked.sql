create or replace function search.numbers_asked(picks search.pick[],
                                                filters jsonb)
    returns jsonb
    language plpgsql stable
as $$
begin
    if filters is null then
        return null;
    end if;
    return (
        select jsonb_object_agg(lower(f.key), case jsonb_typeof(f.value)
                   when 'array' then f.value
                   else jsonb_build_array(f.value) end)
        from jsonb_each(filters) as f
        join unnest(picks) as p on p.name = lower(f.key)
        where exists (select from unnest(p.tokens) as t where t like '~%')
    );
end
$$;

comment on function search.numbers_asked is
    'the filters that are of numbers: {"weight": ["1..5"]}';
