create or replace function pricing.etag_checked(p_version bigint,
        p_wanted bigint)
    returns void
    language plpgsql stable
as $$
begin
    if p_wanted is not null and p_wanted <> p_version then
        perform api.fail('ZZ412', 'It was changed meanwhile.');
    end if;
end
$$;

comment on function pricing.etag_checked is
    'refuses a change of another version than If-Match asks for';
