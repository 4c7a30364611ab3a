create or replace function search.count_words(before search.document[],
                                              after search.document[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    -- in order, so that two writers never wait for each other in a circle
    insert into search.word as w (store_id, word, documents)
    select d.store_id, d.word, sum(d.n)
    from (
        select a.store_id, v as word, 1 as n
        from unnest(after) as a, unnest(a.vocabulary) as v
        union all
        select b.store_id, v, -1
        from unnest(before) as b, unnest(b.vocabulary) as v
    ) as d
    group by 1, 2 having sum(d.n) <> 0
    order by 1, 2
    on conflict (store_id, word) do update
    set documents = w.documents + excluded.documents
$$;

comment on function search.count_words is
    'moves the counts of words by the difference of two states of documents';
