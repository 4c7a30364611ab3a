create or replace function catalog.localized_category(category jsonb,
                                                      locale text)
    returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    names jsonb;
begin
    if jsonb_typeof(category) <> 'object' then
        return category;
    end if;
    select jsonb_object_agg(c.id::text, c.translations -> locale ->> 'name')
        into names
        from catalog.category c
        where c.id in (
            select (a ->> 'id')::bigint from jsonb_array_elements(
                coalesce(category -> 'path', '[]') || category) as a)
        and c.translations -> locale ? 'name';
    if names is null then
        return category;
    end if;
    return category || jsonb_build_object('name',
            coalesce(names -> (category ->> 'id'), category -> 'name'))
        || jsonb_strip_nulls(jsonb_build_object('path', (
            select jsonb_agg(a.value || jsonb_build_object('name',
                       coalesce(names -> (a.value ->> 'id'),
                                a.value -> 'name')) order by a.n)
            from jsonb_array_elements(category -> 'path')
                with ordinality as a (value, n))));
end
$$;

comment on function catalog.localized_category is
    'the category of a product, and the way to it, in another language';
