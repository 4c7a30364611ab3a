create or replace function search.language(locale text)
    returns regconfig
    language sql immutable parallel safe
as $$
    select case left(locale, 2)
        when 'en' then 'search.english'
        when 'de' then 'search.german'
        else 'search.plain' end::regconfig
$$;

comment on function search.language is
    'how the text of a store in this language is stemmed';
