-- pg_trgm's parameter is known once its library is loaded
select search.similarity('', '');

create or replace function search.nearest(store bigint, typo text)
    returns table (word text, documents bigint)
    language plpgsql stable
    set pg_trgm.similarity_threshold = 0.2
as $$
#variable_conflict use_variable
declare
    swapped constant text[] := array(
        select overlay(typo placing reverse(substr(typo, i, 2)) from i for 2)
        from generate_series(1, length(typo) - 1) as i);
begin
    return query
    select n.word, n.documents
    from (select w.word, w.documents, 1 as far
          from search.word w
          where w.store_id = store and w.word = any (swapped)
          and w.documents > 0
          union all
          select w.word, w.documents,
                 search.levenshtein_less_equal(w.word, typo, 2)
          from search.word w
          where w.store_id = store
          and w.word operator(search.%) typo
          and w.documents > 0
          and abs(length(w.word) - length(typo)) <= 2) as n
    where n.far <= case when length(typo) < 5 then 1 else 2 end
    order by n.far, search.similarity(n.word, typo) desc,
             n.documents desc, n.word
    limit 1;
end
$$;

comment on function search.nearest is
    'the word that a misspelt one may be: at most two letters away, two'
    ' neighbours in each other''s place being one';
