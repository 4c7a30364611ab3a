create or replace function search.tsquery(config regconfig, query text)
    returns tsquery
    language sql stable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select to_tsquery(config, string_agg(word || ':*', ' & '))
    from (select word from unnest(string_to_array(search.normal(query), ' '))
              with ordinality as w (word, n)
          where word <> '' order by n limit 12) as words
$$;

comment on function search.tsquery is
    'all the words, each also as the beginning of a longer one';
