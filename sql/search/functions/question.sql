drop function if exists search.question(bigint, regconfig[], text, boolean);

create or replace function search.question(store bigint, configs regconfig[],
        query text, unfinished boolean, out words tsquery,
        out documents bigint, out ends text[], out parts tsquery[])
    language plpgsql stable
as $$
declare
    given text[] := (string_to_array(search.normal(query), ' '))[:12];
    last constant int := coalesce(cardinality(given), 0);
    known text[];
    counts bigint[];
    meant boolean;
    place int := 1;
    taken int;
    at int;
    terms text;
    meaning record;
    fit bigint;
    fits bigint[];
    config regconfig;
    one tsquery;
    other tsquery;
    mute boolean;
begin
    -- words that products have as they are asked for
    select array_agg(w.word), array_agg(w.documents),
           exists (select from search.synonym s where s.store_id = store)
        into known, counts, meant
        from search.word w
        where w.store_id = store and w.word = any (given)
        and w.documents > 0;
    while place <= last loop
        terms := null;
        at := 0;
        if meant then
            select m.length, m.terms, m.documents into taken, terms, fit
                from search.meant(store, given, place) as m;
        end if;
        if terms is null then
            taken := 1;
            if not unfinished or place < last then
                at := coalesce(array_position(known, given[place]), 0);
            end if;
            if at > 0 then
                terms := given[place];
                fit := counts[at];
            elsif last > 1 and not (unfinished and place = last)
                and search.says_nothing(store, configs, given[place])
            then
                place := place + 1;
                continue;
            else
                meaning := search.expand(store, given[place],
                                         unfinished and place = last);
                terms := array_to_string(meaning.words, ' | ');
                fit := meaning.documents;
                ends := case when place = last then meaning.words end;
            end if;
        end if;
        one := null;
        mute := false;
        foreach config in array configs loop
            -- "12e3b" are two tokens; texts tell no places of words
            other := case when terms ~ '\de\d'
                then replace(to_tsquery(config, terms)::text, '<->',
                             '&')::tsquery
                else to_tsquery(config, terms) end;
            one := case when one is null or one = other then other
                else one || other end;
            mute := mute or numnode(other) = 0;
        end loop;
        -- "the", of several words or alone, asks for nothing
        if numnode(one) > 0 and not (mute and at > 0 and last > 1
               and search.says_nothing(store, configs, given[place]))
        then
            words := case when words is null then one else words && one end;
            parts := parts || one;
            fits := fits || fit;
            documents := least(documents, fit);
        end if;
        place := place + taken;
    end loop;
    words := coalesce(words, ''::tsquery);
    if cardinality(parts) > 2 then
        parts := array(select u.part from unnest(parts, fits) as u (part, fit)
                       order by u.fit);
    end if;
end
$$;

comment on function search.question is
    'a query as words that products have, and how many may fit; unfinished:'
    ' its last word is still being typed, ends are what it may become; parts'
    ' are words one by one, of more than two the rarest first';
