create or replace function store.postal(p_code text)
    returns text
    language sql immutable parallel safe
as $$
    select upper(translate(coalesce(p_code, ''), ' -', ''))
$$;

comment on function store.postal is
    'a postal code as areas are compared with it: SW1A 1AA is SW1A1AA';
