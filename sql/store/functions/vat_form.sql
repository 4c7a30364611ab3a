create or replace function store.vat_form(p_country text)
    returns text
    language sql immutable parallel safe
as $$
    select case p_country
        when 'AT' then '^U[0-9]{8}$'
        when 'BE' then '^[01][0-9]{9}$'
        when 'BG' then '^[0-9]{9,10}$'
        when 'CY' then '^[0-9]{8}[A-Z]$'
        when 'CZ' then '^[0-9]{8,10}$'
        when 'DE' then '^[1-9][0-9]{8}$'
        when 'DK' then '^[0-9]{8}$'
        when 'EE' then '^[0-9]{9}$'
        when 'ES' then '^([A-Z][0-9]{7}[0-9A-Z]|[0-9]{8}[A-Z])$'
        when 'FI' then '^[0-9]{8}$'
        when 'FR' then '^[0-9A-HJ-NP-Z]{2}[0-9]{9}$'
        when 'GR' then '^[0-9]{9}$'
        when 'HR' then '^[0-9]{11}$'
        when 'HU' then '^[0-9]{8}$'
        when 'IE' then '^[0-9]([0-9]{6}[A-W][A-IW]?|[A-Z+*][0-9]{5}[A-W])$'
        when 'IT' then '^[0-9]{11}$'
        when 'LT' then '^([0-9]{9}|[0-9]{12})$'
        when 'LU' then '^[0-9]{8}$'
        when 'LV' then '^[0-9]{11}$'
        when 'MT' then '^[0-9]{8}$'
        when 'NL' then '^[0-9]{9}B[0-9]{2}$'
        when 'PL' then '^[0-9]{10}$'
        when 'PT' then '^[0-9]{9}$'
        when 'RO' then '^[1-9][0-9]{1,9}$'
        when 'SE' then '^[0-9]{12}$'
        when 'SI' then '^[1-9][0-9]{7}$'
        when 'SK' then '^[1-9][0-9]{9}$'
        when 'XI' then '^[0-9]{9}$'
    end
$$;

comment on function store.vat_form is
    'what follows the country in a VAT id of the European Union or of'
    ' Northern Ireland (XI); null: another country';
