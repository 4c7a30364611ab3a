create or replace function pricing.group_remove(p_store bigint, p_id bigint,
        p_actor uuid, p_version bigint, p_address inet, p_request text)
    returns setof api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old pricing.customer_group;
begin
    select g.* into old from pricing.customer_group g
    where g.id = p_id and g.store_id = p_store for update;
    if not found then
        perform api.fail('PG404', 'There is no such group.');
    end if;
    perform pricing.etag_checked(old.version, p_version);
    if exists (select from pricing.list_group l where l.group_id = p_id)
        or exists (select from pricing.promotion_group l
                   where l.group_id = p_id)
    then
        perform api.fail('PI409',
                         'Price lists or promotions are for this group.');
    end if;
    delete from pricing.customer_group g where g.id = p_id;
    perform ops.record(p_store, p_actor, 'customer_group.removed',
        'customer_group:' || p_id, pricing.group_body(old), null, p_address,
        p_request);
    return next row(204, null, null, null, null, false)::api.answer;
end
$$;

comment on function pricing.group_remove is
    'DELETE /customer-groups/{group}: when no list and no promotion is for it';
