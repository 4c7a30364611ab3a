create or replace function catalog.import_words(cell text, most int,
        size int, form text)
    returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select cell = '-' or (count(*) <= most and bool_and(
        btrim(w) ~ form and length(btrim(w)) <= size))
    from unnest(string_to_array(cell, '|')) as w
$$;

comment on function catalog.import_words is
    'whether a cell is words of a form, separated by |, or "-" for none';
