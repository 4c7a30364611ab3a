create or replace function search.index(products bigint[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from search.entry e
        where e.product_id = any (products) and not exists (
            select from catalog.offer o where o.product_id = e.product_id
            and o.currency = e.currency);
    delete from search.document d
        where d.product_id = any (products) and not exists (
            select from catalog.offer o where o.product_id = d.product_id);

    perform search.index_entries(products);
    perform search.index_documents(products);
end
$$;

comment on function search.index is
    'indexes products for lists, filters and text, after their offers';
