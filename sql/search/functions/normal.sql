create or replace function search.normal(value text)
    returns text
    language plpgsql stable
as $$
begin
    return trim(regexp_replace(lower(search.unaccent(value)),
                               '[^[:alnum:]]+', ' ', 'g'));
end
$$;

comment on function search.normal is
    'lower case, without accents, words separated by one space';
