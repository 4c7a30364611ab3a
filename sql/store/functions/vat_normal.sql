create or replace function store.vat_normal(p_id text)
    returns text
    language sql immutable parallel safe
as $$
    select upper(translate(p_id, ' .-/', ''))
$$;

comment on function store.vat_normal is
    'a VAT id without what people put between its digits';
