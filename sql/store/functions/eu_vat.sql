create or replace function store.eu_vat(p_country text)
    returns boolean
    language sql immutable parallel safe
as $$
    select p_country = any ('{AT,BE,BG,CY,CZ,DE,DK,EE,ES,FI,FR,GR,HR,HU,IE,IT,
                              LT,LU,LV,MT,NL,PL,PT,RO,SE,SI,SK}')
$$;

comment on function store.eu_vat is
    'whether a country is of the European Union''s VAT area';
