create or replace function search.tsquery(config regconfig, query text)
    returns tsquery
    language plpgsql stable
as $$
begin
    return (
        select to_tsquery(config, string_agg(word || ':*', ' & '))
        from (select word
              from unnest(string_to_array(search.normal(query), ' '))
                  with ordinality as w (word, n)
              where word <> '' order by n limit 12) as words
    );
end
$$;

comment on function search.tsquery is
    'all the words, each also as the beginning of a longer one';
