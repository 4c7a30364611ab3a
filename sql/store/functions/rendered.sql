create or replace function store.rendered()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.body := json_build_object(
        'id', new.id::text,
        'code', new.code,
        'name', new.name,
        'theme', new.theme,
        'logo', new.logo,
        'currency', new.currency,
        'currencies', new.currencies,
        'locales', new.locales,
        'countries', new.countries,
        'tax_included', new.tax_included,
        'display_limit', new.display_limit,
        'reservation_minutes', new.reservation_minutes,
        'tax_country', new.tax_country,
        'tax_number', new.tax_number,
        'vat_check', new.vat_check,
        'cart_days', new.cart_days,
        'guest_cart_days', new.guest_cart_days,
        'cart_lines', new.cart_lines,
        'line_quantity', new.line_quantity)::text;
    return new;
end
$$;

comment on function store.rendered is 'trigger: keeps the answer of GET /store';

create or replace trigger store_rendered
    before insert or update on store.store
    for each row execute function store.rendered();
