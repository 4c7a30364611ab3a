create or replace function identity.shown_name(name text)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when w.words = '{}' or name ~* '(://|@|[[:alnum:]]\.[a-z]{2,})'
            then 'Anonymous'
        when cardinality(w.words) = 1 then left(w.words[1], 60)
        else left(w.words[1], 60) || ' '
             || upper(left(w.words[cardinality(w.words)], 1)) || '.' end
    from (select array_remove(regexp_split_to_array(coalesce(name, ''),
                     '[[:space:][:cntrl:]]+'), '') as words) as w
$$;

comment on function identity.shown_name is
    'what strangers may read of a name: "Ada E."';
