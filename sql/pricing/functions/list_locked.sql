create or replace function pricing.list_locked(p_store bigint, p_id bigint,
        p_version bigint)
    returns pricing.price_list
    language plpgsql volatile
as $$
declare
    l pricing.price_list;
begin
    select t.* into l from pricing.price_list t
    where t.id = p_id and t.store_id = p_store for update;
    if not found then
        perform api.fail('PG404', 'There is no such price list.');
    end if;
    perform pricing.etag_checked(l.version, p_version);
    return l;
end
$$;

comment on function pricing.list_locked is
    'a price list of the store for a change, or the refusal';
