create or replace function store.vat_ie(d text)
    returns boolean
    language plpgsql immutable parallel safe
as $$
declare
    letters constant text := 'WABCDEFGHIJKLMNOPQRSTUV';
    digits text := left(d, 7);
begin
    if digits !~ '^[0-9]*$' then
        -- the old way: what is second is left out, what is first comes last
        digits := '0' || substr(d, 3, 5) || left(d, 1);
    end if;
    return substr(d, 8, 1) = substr(letters, (
        store.weighted(digits, '{8,7,6,5,4,3,2}')
        + 9 * (position(substr(d, 9, 1) in letters) - 1)) % 23 + 1, 1);
end
$$;

comment on function store.vat_ie is
    'the check letter of an Irish VAT id, which may have a second letter';
