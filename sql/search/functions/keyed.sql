create or replace function search.keyed(products bigint[])
    returns table (product_id bigint, store_id bigint, keys int[],
        shown int[], path int[])
    language plpgsql volatile rows 1000
as $$
#variable_conflict use_column
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
    return query
    select k.product_id, k.store_id, k.keys, k.shown, k.path
    from unnest(found_now) as k;
end
$$;

comment on function search.keyed is
    'keys_of(), after tokens that had no number got one';
