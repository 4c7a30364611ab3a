-- pg_trgm's parameter is known once its library is loaded
select search.similarity('', '');

create or replace function search.correct(store bigint, query text)
    returns text
    language plpgsql stable
    set pg_trgm.similarity_threshold = 0.2
as $$
begin
    return (
        select string_agg(coalesce(known.word, nearest.word, w.word), ' '
                          order by w.n)
        from (select word, n
              from unnest(string_to_array(search.normal(query), ' '))
                  with ordinality as u (word, n)
              where word <> '' order by n limit 12) as w
        left join lateral (
            select k.word from search.word k
            where k.store_id = store and k.word like w.word || '%'
            and k.documents > 0 limit 1) as known on true
        left join lateral (
            select k.word from search.word k
            where known.word is null and length(w.word) > 2
            and k.store_id = store and k.word operator(search.%) w.word
            and k.documents > 0
            and search.levenshtein(k.word, w.word) <= 2
            order by search.levenshtein(k.word, w.word),
                     search.similarity(k.word, w.word) desc, k.documents desc
            limit 1) as nearest on true
    );
end
$$;

comment on function search.correct is
    'a query with each word that no product has replaced by the nearest one';
