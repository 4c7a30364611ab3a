create or replace function search.synonym_list(store bigint, query text,
                                               size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place constant text := api.cursor_decode(after);
begin
    if place !~ '^[0-9]{1,18}$' then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    return query
    with page as (
        select s, s.id, row_number() over (order by s.id desc) as n
        from search.synonym s
        where s.store_id = store and (place is null or s.id < place::bigint)
        and (query is null or exists (
            select from unnest(s.words) as w
            where search.normal(w) like search.normal(query) || '%'))
        order by s.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(search.synonym_body(p.s) order by p.n)
                              filter (where p.n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            min(p.id) filter (where p.n <= size)::text) end)::text
    from page p;
end
$$;

comment on function search.synonym_list is
    'GET /search/synonyms: the newest first, or those with a word that begins'
    ' like this';
