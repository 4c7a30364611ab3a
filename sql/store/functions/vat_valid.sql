create or replace function store.vat_valid(p_id text)
    returns boolean
    language sql immutable parallel safe
as $$
    select coalesce(
        substr(p_id, 3) ~ store.vat_form(store.vat_country(p_id))
        and left(p_id, 2) <> 'GR'
        and store.vat_checked(store.vat_country(p_id), substr(p_id, 3)), false)
$$;

comment on function store.vat_valid is
    'whether a VAT id (vat_normal) is well formed; the registry is not asked';
