create or replace function identity.address_body(address identity.address)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'id', address.id::text,
        'name', address.name,
        'line1', address.line1,
        'line2', address.line2,
        'city', address.city,
        'postal_code', address.postal_code,
        'region', address.region,
        'country', address.country,
        'phone', address.phone,
        'is_default', address.is_default,
        'is_default_billing', address.is_default_billing,
        'created_at', api.time(address.created_at))
$$;

comment on function identity.address_body is
    'an address of the book as the API shows it';
