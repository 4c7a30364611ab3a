create or replace function search.languages(locales text[])
    returns regconfig[]
    language plpgsql immutable parallel safe
as $$
declare
    found regconfig[] := '{}';
    config regconfig;
    locale text;
begin
    foreach locale in array locales loop
        config := search.language(locale);
        if config <> all (found) then
            found := found || config;
        end if;
    end loop;
    return found;
end
$$;

comment on function search.languages is 'how the texts of a store are stemmed';
