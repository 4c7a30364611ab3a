create or replace function catalog.slug_of(name text)
    returns text
    language sql stable
as $$
    select left(trim(both '-' from
        regexp_replace(lower(search.unaccent(name)), '[^a-z0-9]+', '-', 'g')),
        100)
$$;

comment on function catalog.slug_of is 'a name as part of an address';
