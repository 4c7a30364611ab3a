create or replace function identity.spoken(store bigint, locale text)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(locale, (select s.locales[1] from store.store s
                             where s.id = spoken.store), 'en')
$$;

comment on function identity.spoken is
    'the language to answer in: the one that was asked for (null: none, or the'
    ' store''s first), else the store''s first';
