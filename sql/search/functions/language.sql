create or replace function search.language(locale text)
    returns regconfig
    language plpgsql immutable parallel safe
as $$
begin
    return case split_part(lower(locale), '-', 1)
        when 'ar' then 'arabic' when 'ca' then 'catalan'
        when 'da' then 'danish' when 'de' then 'german'
        when 'el' then 'greek' when 'en' then 'english'
        when 'es' then 'spanish' when 'eu' then 'basque'
        when 'fi' then 'finnish' when 'fr' then 'french'
        when 'ga' then 'irish' when 'hi' then 'hindi'
        when 'hu' then 'hungarian' when 'hy' then 'armenian'
        when 'id' then 'indonesian' when 'it' then 'italian'
        when 'lt' then 'lithuanian' when 'nb' then 'norwegian'
        when 'ne' then 'nepali' when 'nl' then 'dutch'
        when 'nn' then 'norwegian' when 'no' then 'norwegian'
        when 'pt' then 'portuguese' when 'ro' then 'romanian'
        when 'ru' then 'russian' when 'sr' then 'serbian'
        when 'sv' then 'swedish' when 'ta' then 'tamil'
        when 'tr' then 'turkish' when 'yi' then 'yiddish'
        else 'simple' end;
end
$$;

comment on function search.language is
    'how text of a language is stemmed; accents are gone before it is';
