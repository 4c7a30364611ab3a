create or replace function search.completed(store bigint, start text)
    returns json
    language plpgsql stable
as $$
declare
    given text[] := string_to_array(start, ' ');
    last constant int := cardinality(given);
begin
    return coalesce((
        select json_agg(array_to_string(given[:last - 1] || w, ' ')
                        order by n)
        from unnest((select (e.words)[:5]
                     from search.expand(store, given[last], true) as e))
            with ordinality as u (w, n)
        where start <> ''), '[]');
end
$$;

comment on function search.completed is
    'what was typed so far with its last word completed';
