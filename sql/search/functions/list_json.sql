drop function if exists search.list_json(search.page, int, text, text);

create or replace function search.list_json(page search.page, size int,
        sort text, facets text, products bigint, approximate boolean)
    returns text
    language plpgsql stable
as $$
declare
    more text := 'null';
begin
    if cardinality(page.cards) > size then
        more := '"' || api.cursor_encode(concat_ws('|', sort,
            page.ranks[size], page.products[size])) || '"';
    end if;
    return concat('{"items" : [', array_to_string(page.cards[:size], ', '),
        '], "next_cursor" : ', more, ', "count" : ', products,
        ', "approximate" : ', case when approximate then 'true'
                                   else 'false' end,
        ', "facets" : ', facets, '}');
end
$$;

comment on function search.list_json is
    'the answer of a list: one item more than its size tells of a next page';
