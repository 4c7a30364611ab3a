create or replace function search.expand(store bigint, word text,
        unfinished boolean, out words text[], out documents bigint)
    language plpgsql stable
as $$
#variable_conflict use_variable
begin
    -- words that begin with it, the most frequent ones
    select array_agg(c.word), sum(c.documents) into words, documents
    from (select b.* from (
              select w.word, w.documents from search.word w
              where w.store_id = store and w.word ~>=~ expand.word
              and w.word ~<~ (expand.word || chr(1114111))
              and w.documents > 0 limit 300) as b
          order by b.word <> expand.word, b.documents desc, b.word
          limit case when unfinished then 5 else 12 end) as c;
    -- what has digits is no word that is misspelt
    if words is null and length(word) > 2 and word !~ '[0-9]' then
        select array_agg(n.word), sum(n.documents) into words, documents
            from search.nearest(store, word) as n;
    end if;
    if words is null then
        -- a number, or nothing that there is
        words := array[word];
        documents := case when word ~ '[0-9]' then 1000 else 0 end;
    elsif not unfinished and word <> all (words) then
        -- it may be a part of a SKU, which the vocabulary doesn't have
        words := word || words;
    end if;
end
$$;

comment on function search.expand is
    'the words that a word of a query stands for that no product has as it is,'
    ' or that is still being typed: those that begin with it, or the nearest'
    ' one; and in how many products they are';
