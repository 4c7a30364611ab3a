create or replace function search.translated_choices(type bigint,
        attributes jsonb, locale text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    if type is null then
        return null;
    end if;
    return (
        select string_agg(w.value, ' ')
        from catalog.product_type y
        cross join jsonb_each_text(y.translations -> locale -> 'values') as w
        where y.id = type and exists (
            select from jsonb_each(attributes) as a
            where jsonb_typeof(a.value) in ('string', 'array')
            and a.value ? w.key)
    );
end
$$;

comment on function search.translated_choices is
    'the choices of a product as its type calls them in another language';
