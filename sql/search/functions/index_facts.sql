drop function if exists search.index_facts(bigint[]);

create or replace function search.index_facts(products bigint[],
                                              made boolean default false)
    returns void
    language plpgsql volatile
as $$
declare
    keyed search.keys[] := search.keyed(products);
begin
    if made then
        insert into search.fact (product_id, store_id, newest, rating, sold,
            in_stock, best, path, shown, prices, keys, start, head, numbers,
            words, vocabulary)
        select * from search.facts_of(products, keyed);
        return;
    end if;
    insert into search.fact as f (product_id, store_id, newest, rating, sold,
        in_stock, best, path, shown, prices, keys, start, head, numbers, words,
        vocabulary)
    select * from search.facts_of(products, keyed)
    on conflict (product_id, store_id) do update
    set newest = excluded.newest, rating = excluded.rating,
        in_stock = excluded.in_stock, path = excluded.path,
        shown = excluded.shown, prices = excluded.prices,
        keys = excluded.keys, start = excluded.start, head = excluded.head,
        numbers = excluded.numbers, words = excluded.words,
        vocabulary = excluded.vocabulary, fill = excluded.fill
    where (f.newest, f.rating, f.in_stock, f.path, f.shown, f.prices, f.keys,
           f.start, f.head, f.numbers, f.words, f.vocabulary)
        is distinct from (excluded.newest, excluded.rating,
           excluded.in_stock, excluded.path, excluded.shown, excluded.prices,
           excluded.keys, excluded.start, excluded.head, excluded.numbers,
           excluded.words, excluded.vocabulary);
end
$$;

comment on function search.index_facts is
    'what filters, facets and text search read, after the entries; what stays'
    ' the same is not written; made: the products are new';
