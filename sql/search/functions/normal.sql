create or replace function search.normal(value text)
    returns text
    language sql stable
as $$
    select trim(regexp_replace(lower(search.unaccent(value)),
                               '[^[:alnum:]]+', ' ', 'g'))
$$;

comment on function search.normal is
    'lower case, without accents, words separated by one space';
