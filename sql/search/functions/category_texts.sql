create or replace function search.category_texts(store bigint, path bigint[])
    returns table (head tsvector, about text)
    language plpgsql stable rows 1
as $$
begin
    return query
    select coalesce(search.joined(setweight(to_tsvector(n.config, n.names),
                                            'B') order by n.place), ''),
           string_agg(n.names, ' ' order by n.place)
    from (
        select l.place, search.language(l.locale) as config,
               search.normal(string_agg(case when l.place = 1 then c.name
                   else c.translations -> l.locale ->> 'name' end, ' '
                   order by cardinality(c.path))) as names
        from store.store s
        cross join unnest(s.locales) with ordinality as l (locale, place)
        join catalog.category c on c.id = any (category_texts.path)
        where s.id = category_texts.store
        group by 1, 2
    ) as n
    where n.names <> '';
end
$$;

comment on function search.category_texts is
    'what a category and those above it add to the text of its products, in'
    ' all languages of a store';
