create or replace function wishlist.name_of(document jsonb)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    name text := btrim(document ->> 'name', E' \t\r\n');
begin
    if name = '' then
        perform api.fail('WL422', 'must not be empty', '/name');
    end if;
    return name;
end
$$;

comment on function wishlist.name_of is 'the name that a document gives a list';
