create or replace function search.facts_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- in order, so that two writers never wait for each other in a circle
    if tg_op = 'INSERT' then
        insert into search.word as w (store_id, word, documents)
        select n.store_id, v, count(*)
        from new_rows n, unnest(n.vocabulary) as v
        group by 1, 2 order by 1, 2
        on conflict (store_id, word) do update
        set documents = w.documents + excluded.documents;
    elsif tg_op = 'DELETE' then
        insert into search.word as w (store_id, word, documents)
        select o.store_id, v, -count(*)
        from old_rows o, unnest(o.vocabulary) as v
        group by 1, 2 order by 1, 2
        on conflict (store_id, word) do update
        set documents = w.documents + excluded.documents;
    else
        insert into search.word as w (store_id, word, documents)
        select n.store_id, d.word, sum(d.n)
        from old_rows o
        join new_rows n on n.product_id = o.product_id
            and n.store_id = o.store_id
        cross join lateral (
            select v as word, 1 as n from unnest(n.vocabulary) as v
            union all
            select v, -1 from unnest(o.vocabulary) as v) as d
        where n.vocabulary <> o.vocabulary
        group by 1, 2 having sum(d.n) <> 0 order by 1, 2
        on conflict (store_id, word) do update
        set documents = w.documents + excluded.documents;
    end if;
    return null;
end
$$;

comment on function search.facts_moved is
    'trigger: keeps the vocabulary in step with the products';

create or replace trigger facts_added
    after insert on search.fact referencing new table as new_rows
    for each statement execute function search.facts_moved();

create or replace trigger facts_changed
    after update on search.fact
    referencing old table as old_rows new table as new_rows
    for each statement execute function search.facts_moved();

create or replace trigger facts_removed
    after delete on search.fact referencing old table as old_rows
    for each statement execute function search.facts_moved();
