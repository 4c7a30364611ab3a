create or replace function search.languages(locales text[])
    returns regconfig[]
    language plpgsql immutable parallel safe
as $$
begin
    return array(select distinct search.language(l) from unnest(locales) as l);
end
$$;

comment on function search.languages is 'how the texts of a store are stemmed';
