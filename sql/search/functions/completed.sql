drop function if exists search.completed(bigint, text);

create or replace function search.completed(store bigint, start text,
                                            ends text[])
    returns json
    language plpgsql stable
as $$
declare
    given text[] := string_to_array(start, ' ');
    last constant int := cardinality(given);
begin
    if start = '' then
        return '[]';
    end if;
    if ends is null then
        ends := (select e.words from search.expand(store, given[last],
                                                   true) as e);
    end if;
    return array_to_json(array(
        select array_to_string(given[:last - 1] || w, ' ')
        from unnest(ends[:5]) with ordinality as u (w, n) order by n));
end
$$;

comment on function search.completed is
    'what was typed so far with its last word completed: by ends, if they are'
    ' known';
