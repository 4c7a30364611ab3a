create or replace function store.vat_country(p_id text)
    returns text
    language sql immutable parallel safe
as $$
    select case left(p_id, 2) when 'EL' then 'GR' else left(p_id, 2) end
$$;

comment on function store.vat_country is
    'the country (ISO 3166) of a VAT id: Greece writes EL';
