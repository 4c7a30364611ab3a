create or replace function store.mod_11_10(p_digits text)
    returns boolean
    language plpgsql immutable parallel safe
as $$
declare
    product int := 10;
    sum int;
begin
    for i in 1 .. length(p_digits) - 1 loop
        sum := (substr(p_digits, i, 1)::int + product) % 10;
        product := 2 * case sum when 0 then 10 else sum end % 11;
    end loop;
    return (11 - product) % 10 = right(p_digits, 1)::int;
end
$$;

comment on function store.mod_11_10 is
    'whether the last digit checks the others by ISO 7064 MOD 11,10';
