create or replace function catalog.words_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    was catalog.product;
begin
    if tg_op = 'UPDATE' then
        was := old;
    end if;
    -- two writers never wait for each other in a circle
    perform pg_advisory_xact_lock(hashtextextended('catalog.word',
                                                   new.store_id));
    insert into catalog.word as w (store_id, locale, kind, word, said,
                                   products)
    select new.store_id, d.locale, d.kind, d.word, d.said, sum(d.n)
    from (
        select s.*, 1 as n from catalog.words_of(new) as s
        union all
        select s.*, -1 from catalog.words_of(was) as s
    ) as d
    group by d.locale, d.kind, d.word, d.said having sum(d.n) <> 0
    on conflict (store_id, locale, kind, word, said) do update
    set products = w.products + excluded.products;
    return null;
end
$$;

comment on function catalog.words_moved is
    'trigger: words in other languages are counted by the difference';

create or replace trigger words_added
    after insert on catalog.product
    for each row when (new.translations <> '{}')
    execute function catalog.words_moved();

create or replace trigger words_moved
    after update of translations, deleted_at on catalog.product
    for each row when (
        old.translations is distinct from new.translations
        or (old.deleted_at is distinct from new.deleted_at
            and new.translations <> '{}'))
    execute function catalog.words_moved();
