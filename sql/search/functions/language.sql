create or replace function search.language(locale text)
    returns regconfig
    language plpgsql immutable parallel safe
as $$
begin
    -- two arrays, as a "case" of thirty is made ready at each call
    return coalesce(('{arabic,catalan,danish,german,greek,english,spanish,'
            'basque,finnish,french,irish,hindi,hungarian,armenian,indonesian,'
            'italian,lithuanian,norwegian,nepali,dutch,norwegian,norwegian,'
            'portuguese,romanian,russian,serbian,swedish,tamil,turkish,'
            'yiddish}'::regconfig[])[
        array_position('{ar,ca,da,de,el,en,es,eu,fi,fr,ga,hi,hu,hy,id,it,lt,'
            'nb,ne,nl,nn,no,pt,ro,ru,sr,sv,ta,tr,yi}'::text[],
            split_part(lower(locale), '-', 1))], 'simple');
end
$$;

comment on function search.language is
    'how text of a language is stemmed; accents are gone before it is';
