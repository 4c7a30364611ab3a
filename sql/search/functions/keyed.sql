drop function if exists search.keyed(bigint[]);

create or replace function search.keyed(products bigint[])
    returns search.keys[]
    language plpgsql volatile
as $$
declare
    found_now search.keys[] := array(
        select row(k.*)::search.keys from search.keys_of(products) as k);
    fresh constant bigint[] := array(
        select distinct k.product_id from unnest(found_now) as k
        where k.missing order by 1);
begin
    if fresh <> '{}' then
        perform search.put_keys(fresh);
        found_now := array(
            select row(k.*)::search.keys from search.keys_of(products) as k);
    end if;
    return found_now;
end
$$;

comment on function search.keyed is
    'keys_of(), after tokens that had no number got one';
