create or replace function catalog.localized(body text, product bigint,
                                             locale text)
    returns text
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    j jsonb := body;
    t jsonb;
    k jsonb;
    c jsonb;
begin
    select p.translations -> locale, y.translations -> locale into t, k
        from catalog.product p
        left join catalog.product_type y on y.id = p.type_id
        where p.id = product;
    c := catalog.localized_category(j -> 'category', locale);
    if t is null and k is null and c = j -> 'category' then
        return body;
    end if;
    j := j || jsonb_strip_nulls(jsonb_build_object(
        'name', t -> 'name', 'description', t -> 'description'))
        || jsonb_build_object('category', c,
            'seo', j -> 'seo' || coalesce(t -> 'seo', '{}'));
    if t ?| array['options', 'values'] then
        j := j || jsonb_build_object('options',
            catalog.localized_options(j -> 'options', t),
            'variants', (
                select jsonb_agg(v.value || jsonb_build_object('options',
                    catalog.localized_chosen(v.value -> 'options', t))
                    order by v.n)
                from jsonb_array_elements(j -> 'variants')
                    with ordinality as v (value, n)));
    end if;
    if k is not null or t ? 'attributes' then
        j := j || jsonb_build_object('type', case when j -> 'type' <> 'null'
                then j -> 'type' || jsonb_strip_nulls(jsonb_build_object(
                    'name', k -> 'name')) else j -> 'type' end,
            'specifications', catalog.localized_specifications(
                j -> 'specifications', t, k));
    end if;
    return j::text;
end
$$;

comment on function catalog.localized is
    'a product''s answer in another language of the store: what is not'
    ' translated stays as it is';
