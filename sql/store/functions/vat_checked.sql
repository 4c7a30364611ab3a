create or replace function store.vat_checked(p_country text, d text)
    returns boolean
    language sql immutable parallel safe
as $$
    select case p_country
        when 'AT' then store.luhn_at(substr(d, 2))
        when 'BE' then 97 - left(d, 8)::int % 97 = right(d, 2)::int
        when 'BG' then store.vat_bg(d)
        when 'CY' then store.vat_cy(d)
        when 'CZ' then store.vat_cz(d)
        when 'DE' then store.mod_11_10(d)
        when 'DK' then store.weighted(d, '{2,7,6,5,4,3,2,1}') % 11 = 0
        when 'EE' then store.weighted(d, '{3,7,1,3,7,1,3,7,1}') % 10 = 0
        when 'ES' then store.vat_es(d)
        when 'FI' then store.weighted(d, '{7,9,10,5,8,4,2,1}') % 11 = 0
        when 'FR' then d !~ '^[0-9]{2}'
            or (12 + 3 * (right(d, 9)::int % 97)) % 97 = left(d, 2)::int
        when 'GR' then store.weighted(d, '{256,128,64,32,16,8,4,2}') % 11 % 10
            = right(d, 1)::int
        when 'HR' then store.mod_11_10(d)
        when 'HU' then store.weighted(d, '{9,7,3,1,9,7,3,1}') % 10 = 0
        when 'IE' then store.vat_ie(d)
        when 'IT' then store.vat_it(d)
        when 'LT' then store.vat_lt(d)
        when 'LU' then left(d, 6)::int % 89 = right(d, 2)::int
        when 'LV' then store.vat_lv(d)
        when 'MT' then 37 - store.weighted(d, '{3,4,6,7,8,9}') % 37
            = right(d, 2)::int
        when 'PL' then store.weighted(d, '{6,5,7,2,3,4,5,6,7}') % 11
            = right(d, 1)::int
        when 'PT' then store.weighted(d, '{9,8,7,6,5,4,3,2,1}') % 11 = 0
            or right(d, 1) = '0'
               and store.weighted(d, '{9,8,7,6,5,4,3,2}') % 11 in (0, 1)
        when 'RO' then store.weighted(lpad(left(d, -1), 9, '0'),
                '{7,5,3,2,1,7,5,3,2}') * 10 % 11 % 10 = right(d, 1)::int
        when 'SE' then store.luhn(left(d, 10))
            and right(d, 2) between '01' and '94'
        when 'SI' then (11 - store.weighted(d, '{8,7,6,5,4,3,2}') % 11) % 10
            = right(d, 1)::int
            and store.weighted(d, '{8,7,6,5,4,3,2}') % 11 <> 0
        when 'SK' then d::bigint % 11 = 0
        when 'NL' then store.weighted(d, '{9,8,7,6,5,4,3,2,-1}') % 11 = 0
            or store.mod_97('2321' || replace(d, 'B', '11')) = 1
        when 'XI' then (store.weighted(d, '{8,7,6,5,4,3,2,10,1}') % 97)
            in (0, 42)
        else false
    end
$$;

comment on function store.vat_checked is
    'the check digits of a VAT id, which has the form of its country';
