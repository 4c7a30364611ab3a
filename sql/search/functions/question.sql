drop function if exists search.question(bigint, regconfig[], text, boolean);

create or replace function search.question(store bigint, configs regconfig[],
        query text, unfinished boolean, out words tsquery,
        out documents bigint, out ends text[])
    language plpgsql stable
as $$
declare
    given text[] := (string_to_array(search.normal(query), ' '))[:12];
    last constant int := coalesce(cardinality(given), 0);
    meant boolean := exists (select from search.synonym s
                             where s.store_id = store);
    place int := 1;
    taken int;
    terms text;
    meaning record;
    fit bigint;
    config regconfig;
    one tsquery;
    other tsquery;
begin
    while place <= last and given[1] <> '' loop
        terms := null;
        if meant then
            select m.length, m.terms, m.documents into taken, terms, fit
                from search.meant(store, given, place) as m;
        end if;
        -- "the" of several words asks for nothing
        if terms is null and last > 1 and not (unfinished and place = last)
            and search.says_nothing(store, configs, given[place])
        then
            place := place + 1;
            continue;
        end if;
        if terms is null then
            meaning := search.expand(store, given[place],
                                     unfinished and place = last);
            taken := 1;
            terms := array_to_string(meaning.words, ' | ');
            fit := meaning.documents;
            if place = last then
                ends := meaning.words;
            end if;
        end if;
        one := null;
        foreach config in array configs loop
            other := to_tsquery(config, terms);
            -- "12e3b" are two tokens; texts tell no places of words
            if terms ~ '\de\d' then
                other := replace(other::text, '<->', '&')::tsquery;
            end if;
            one := case when one is null or one = other then other
                else one || other end;
        end loop;
        -- a word that says nothing ("the") asks for nothing
        if numnode(one) > 0 then
            words := case when words is null then one else words && one end;
            documents := least(documents, fit);
        end if;
        place := place + taken;
    end loop;
    words := coalesce(words, ''::tsquery);
end
$$;

comment on function search.question is
    'a query as words that products have, and how many may fit; unfinished:'
    ' its last word is still being typed, ends are what it may become';
