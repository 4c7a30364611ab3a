create or replace function search.says_nothing(store bigint,
        configs regconfig[], word text)
    returns boolean
    language plpgsql stable
    set enable_seqscan = off
as $$
declare
    config regconfig;
    nothing boolean := false;
begin
    -- a product's own text is in the first language of its store
    if to_tsvector((select search.language(s.locales[1])
                    from store.store s where s.id = store), word) = ''
    then
        return true;
    end if;
    foreach config in array configs loop
        nothing := nothing or to_tsvector(config, word) = '';
    end loop;
    if not nothing then
        return false;
    end if;
    -- "hat" is German for "has", and English for what some products are
    foreach config in array configs loop
        if to_tsvector(config, word) <> '' and exists (
            select from search.fact f
            where f.store_id = store and f.words @@ to_tsquery(config, word))
        then
            return false;
        end if;
    end loop;
    return true;
end
$$;

comment on function search.says_nothing is
    'whether a word is one that texts have, and that no product is found by:'
    ' of the first language of a store, or of another one';
