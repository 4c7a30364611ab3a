create or replace function media.check_address(url text, field text)
    returns void
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not media.is_address(url) then
        perform api.fail('ZZ422', 'A picture is at https://, http:// or a path'
            ' of this shop.', field);
    end if;
end
$$;

comment on function media.check_address is
    'refuses what is no address of a picture; null is none';
