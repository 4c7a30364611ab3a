create or replace function catalog.hold(products bigint[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform from catalog.product p
        where p.id = any (products) order by p.id for no key update;
end
$$;

comment on function catalog.hold is
    'locks products before they are rendered for something else than their own'
    ' change: who renders one while it changes would show what it was';
