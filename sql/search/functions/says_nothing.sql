create or replace function search.says_nothing(store bigint,
        configs regconfig[], word text)
    returns boolean
    language plpgsql stable
    set enable_seqscan = off
    set enable_indexscan = off
as $$
declare
    config regconfig;
    asked tsquery;
    nothing boolean := false;
begin
    -- a product's own text is in the first language of its store
    if to_tsvector(configs[1], word) = '' then
        return true;
    end if;
    foreach config in array configs[2:] loop
        nothing := nothing or to_tsvector(config, word) = '';
    end loop;
    if not nothing then
        return false;
    end if;
    -- "hat" is German for "has", and English for what some products are
    foreach config in array configs loop
        asked := to_tsquery(config, word);
        if numnode(asked) > 0 and exists (
            select from search.fact f
            where f.store_id = store and f.words @@ asked)
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
