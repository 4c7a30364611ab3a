create or replace function inventory.shown_of(products bigint[])
    returns inventory.shown[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(select h from inventory.shown h
                 where h.product_id = any (products));
end
$$;

comment on function inventory.shown_of is
    'what is shown of products, to be compared after a change';
