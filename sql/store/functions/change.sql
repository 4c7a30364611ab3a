create or replace function store.change(store_id bigint, actor uuid,
        if_version bigint, document jsonb, address inet, request_id text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old store.store;
    new store.store;
    wrong text;
begin
    select s.* into old from store.store s
        where s.id = change.store_id for no key update;
    if old.version <> if_version then
        perform api.fail('AP412', 'The store has changed meanwhile.');
    end if;
    perform media.check_address(document ->> 'logo', '/logo');
    new := jsonb_populate_record(old, document);

    select c into wrong from unnest(new.currencies) as c
        where c not in (select code from api.currency) limit 1;
    if found then
        perform api.fail('SO422', format('%s is not a known currency.', wrong),
                         '/currencies');
    end if;
    if new.currency <> all (new.currencies) then
        perform api.fail('SO422',
            'The store''s own currency must be among its currencies.',
            case when document ? 'currency' then '/currency'
                 else '/currencies' end);
    end if;

    update store.store s
        set name = new.name, theme = new.theme, logo = new.logo,
            currency = new.currency, currencies = new.currencies,
            locales = new.locales, countries = new.countries,
            email = new.email, tax_included = new.tax_included,
            display_limit = new.display_limit,
            low_stock_threshold = new.low_stock_threshold,
            reservation_minutes = new.reservation_minutes,
            tax_country = new.tax_country, tax_number = new.tax_number,
            vat_check = new.vat_check, cart_days = new.cart_days,
            guest_cart_days = new.guest_cart_days,
            cart_lines = new.cart_lines, line_quantity = new.line_quantity,
            version = s.version + 1, updated_at = now()
        where s.id = change.store_id returning s.* into new;

    perform store.apply(old, new);
    perform ops.record(store_id, actor, 'store.change', 'store:' || store_id,
        to_jsonb(old) - 'body', to_jsonb(new) - 'body', address, request_id);
    perform ops.notify_drop(format('store:%s catalog:%1$s', store_id));
    return row(200, new.body, new.version::text, null::text,
               format('store:%s catalog:%1$s', store_id), false)::api.answer;
end
$$;

comment on function store.change is
    'PATCH /store: the members given in the document, checked by the gateway';
