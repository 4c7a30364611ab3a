create or replace function cart.localized(p_body text, p_store bigint,
        p_locale text)
    returns text
    language plpgsql stable
as $$
declare
    j jsonb := p_body;
begin
    return j || jsonb_build_object('items', (
            select coalesce(jsonb_agg(cart.localized_item(i.value,
                       t.words) order by i.n), '[]')
            from jsonb_array_elements(j -> 'items') with ordinality
                as i (value, n)
            cross join lateral (
                select (select p.translations -> p_locale
                        from catalog.product p
                        where p.id = (i.value ->> 'product_id')::bigint)
            ) as t (words)),
        'discounts', (
            select coalesce(jsonb_agg(d.value || jsonb_strip_nulls(
                       jsonb_build_object('name', (
                           select p.translations -> p_locale -> 'name'
                           from pricing.promotion p where p.id
                               = (d.value ->> 'promotion_id')::bigint)))
                       order by d.n), '[]')
            from jsonb_array_elements(j -> 'discounts') with ordinality
                as d (value, n)),
        'tax', j -> 'tax' || jsonb_build_object('lines', (
            select coalesce(jsonb_agg(l.value || jsonb_strip_nulls(
                       jsonb_build_object('name', store.tax_word(p_store,
                           l.value ->> 'name', (l.value ->> 'rate')::numeric,
                           p_locale))) order by l.n), '[]')
            from jsonb_array_elements(j #> '{tax,lines}') with ordinality
                as l (value, n))));
end
$$;

comment on function cart.localized is
    'a quote in another language of the store: names of what is sold, of'
    ' promotions and of taxes; what is not translated stays as it is';
