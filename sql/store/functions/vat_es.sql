create or replace function store.vat_es(d text)
    returns boolean
    language plpgsql immutable parallel safe
as $$
declare
    kind text := left(d, 1);
    letters constant text := 'TRWAGMYFPDXBNJZSQVHLCKE';
    digits text := substr(d, 2, 7);
    check_digit int;
begin
    if kind ~ '[0-9KLMXYZ]' then
        -- people: X, Y, Z stand for 0, 1, 2, and K, L, M for nothing
        digits := case when kind ~ '[KLM]' then digits
                       else translate(kind, 'XYZ', '012') || digits end;
        return right(d, 1) = substr(letters, digits::int % 23 + 1, 1);
    elsif kind !~ '[ABCDEFGHJNPQRSUVW]' then
        return false;
    end if;
    -- companies: a digit, or the letter that stands for it
    select n into strict check_digit from generate_series(0, 9) as n
    where store.luhn(digits || n);
    return right(d, 1) in (check_digit::text,
                           substr('JABCDEFGHI', check_digit + 1, 1));
end
$$;

comment on function store.vat_es is
    'the check digit or letter of a Spanish VAT id';
