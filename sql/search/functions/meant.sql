create or replace function search.meant(store bigint, given text[], place int,
        out length int, out terms text, out documents bigint)
    language plpgsql stable
as $$
declare
    phrase text;
    others text[];
begin
    for n in reverse 3 .. 1 loop
        phrase := array_to_string(given[place : place + n - 1], ' ');
        continue when place + n - 1 > cardinality(given);
        select array_agg(distinct replace(search.normal(o), ' ', ' & '))
            into others
            from search.synonym_word w
            join search.synonym s on s.id = w.synonym_id, unnest(s.words) as o
            where w.store_id = store and w.word = phrase
            and search.normal(o) <> '';
        if others is not null then
            others := others || replace(phrase, ' ', ' & ');
            length := n;
            terms := '(' || array_to_string(others, ') | (') || ')';
            documents := (
                select sum(k.documents) from search.word k
                where k.store_id = store and k.word = any (
                    select unnest(string_to_array(o, ' & '))
                    from unnest(others) as o));
            return;
        end if;
    end loop;
end
$$;

comment on function search.meant is
    'what the words of a query at a place stand for, if they have synonyms:'
    ' as many of them as possible';
