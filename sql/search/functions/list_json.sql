create or replace function search.list_json(page search.hit[], size int,
        sort text, money text, facets text)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select '{"items" : [' || coalesce(string_agg(
               e.card || case when e.in_stock then 'true}' else 'false}' end,
               ', ' order by h.n), '')
        || '], "next_cursor" : '
        || case when cardinality(page) > size then '"' || api.cursor_encode(
               concat_ws('|', sort, page[size].rank, page[size].product_id))
               || '"' else 'null' end
        || ', "facets" : ' || facets || '}'
    from unnest(page[:size]) with ordinality as h (product_id, rank, n)
    join search.entry e on e.product_id = h.product_id
        and e.currency = money
$$;

comment on function search.list_json is
    'the answer of a list: one more hit than its size tells of a next page';
