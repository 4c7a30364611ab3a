drop function if exists catalog.category_list(bigint, int, text);

create or replace function catalog.category_list(store bigint, locale text,
        size int, after text)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place text[];
begin
    if after is not null then
        place := string_to_array(api.cursor_decode(after), '|');
        if array_to_string(place, '|') !~ '^-?[0-9]{1,9}\|[0-9]{1,18}$' then
            perform api.fail('ZZ422',
                'This cursor was not given by this list.', 'cursor');
        end if;
    end if;
    return query
    with page as materialized (
        select c.id, c.position,
               row_number() over (order by c.position, c.id) as n
        from catalog.category c
        where c.store_id = store and c.parent_id is null and not c.removed
        and (place is null
             or (c.position, c.id) > (place[1]::int, place[2]::bigint))
        order by c.position, c.id limit size + 1
    )
    select format('{"items":[%s],"next_cursor":%s}',
               array_to_string(catalog.category_tree(store, array(
                   select p.id from page p where p.n <= size order by p.n),
                   locale, true), ','),
               coalesce((select to_json(api.cursor_encode(
                             p.position || '|' || p.id)) from page p
                         where p.n = size and size < (
                             select count(*) from page)), 'null')),
           'catalog:' || store;
end
$$;

comment on function catalog.category_list is
    'GET /categories: roots, each with the tree below it';
