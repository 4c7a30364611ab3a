create or replace function search.languages(locales text[])
    returns regconfig[]
    language sql immutable parallel safe
as $$
    select array_agg(distinct search.language(l)) from unnest(locales) as l
$$;

comment on function search.languages is 'how the texts of a store are stemmed';
