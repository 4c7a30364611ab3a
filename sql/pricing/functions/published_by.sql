create or replace function pricing.published_by(p_list bigint)
    returns bigint[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select distinct p.variant_id from pricing.list_price p
        where p.list_id = p_list and p.min_quantity = 1 and not exists (
            select from pricing.list_group g where g.list_id = p_list)
        order by p.variant_id);
end
$$;

comment on function pricing.published_by is
    'variants whose price for everybody a list may decide; those of groups'
    ' decide none';
