drop function if exists search.index_entries(bigint[]);

create or replace function search.index_entries(products bigint[],
                                                made boolean default false)
    returns void
    language plpgsql volatile
as $$
begin
    if made then
        insert into search.entry (product_id, currency, store_id,
            category_path, tokens, labels, in_stock, price, newest, rating,
            card)
        select * from search.entries_of(products);
        return;
    end if;
    insert into search.entry as e (product_id, currency, store_id,
        category_path, tokens, labels, in_stock, price, newest, rating, card)
    select * from search.entries_of(products)
    on conflict (product_id, store_id, currency) do update
    set category_path = excluded.category_path, tokens = excluded.tokens,
        labels = excluded.labels, in_stock = excluded.in_stock,
        price = excluded.price, newest = excluded.newest,
        rating = excluded.rating, card = excluded.card
    where e is distinct from excluded;
end
$$;

comment on function search.index_entries is
    'rows that lists and filters read, one a currency that has a price; one'
    ' that stays the same is not written; made: the products are new';
