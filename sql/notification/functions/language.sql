create or replace function notification.language(template text, wanted text,
                                                 store bigint)
    returns text
    language plpgsql stable
as $$
#variable_conflict use_column
begin
    return (
        select coalesce((
            select w.language
            from store.store s
            cross join lateral unnest(array[wanted, split_part(wanted, '-', 1)]
                || s.locales) with ordinality as w (language, place)
            where s.id = "language".store and exists (
                select from notification.template t
                where t.name = "language".template and t.language = w.language
                    and (t.store_id is null or t.store_id = s.id))
            order by w.place limit 1), 'en')
    );
end
$$;

comment on function notification.language is
    'the language of a mail: the reader''s, else one of the store, else'
    ' English; one that the template is written in';
