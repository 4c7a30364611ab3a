create or replace function search.currency_of(own text, known text[],
                                              wanted text)
    returns text
    language plpgsql stable
as $$
begin
    if wanted <> all (known) then
        perform api.fail('ZZ422', format('This store sells in %s.',
            array_to_string(known, ', ')), 'currency');
    end if;
    return coalesce(wanted, own);
end
$$;

comment on function search.currency_of is
    'the currency that a list is asked for, or the store''s own';
