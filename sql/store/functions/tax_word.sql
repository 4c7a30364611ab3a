create or replace function store.tax_word(p_store bigint, p_name text,
        p_rate numeric, p_locale text)
    returns text
    language plpgsql stable
as $$
begin
    return (
        select r.translations -> p_locale ->> 'name' from store.tax_rate r
        where r.store_id = p_store and r.name = p_name
            and r.translations -> p_locale ? 'name'
        order by r.rate <> p_rate, r.zone_id, r.tax_class, r.position
        limit 1);
end
$$;

comment on function store.tax_word is
    'a tax''s name in another language of the store; null: not translated';
