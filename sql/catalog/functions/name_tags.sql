create or replace function catalog.name_tags(store bigint)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select format('catalog:%s names:%s', store, store)
$$;

comment on function catalog.name_tags is
    'cache tags of what shows names of categories and types: lists, and the'
    ' products of a store';
