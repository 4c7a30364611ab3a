create or replace function pricing.promotion_locked(p_store bigint,
        p_id bigint, p_version bigint)
    returns pricing.promotion
    language plpgsql volatile
as $$
declare
    p pricing.promotion;
begin
    select t.* into p from pricing.promotion t
    where t.id = p_id and t.store_id = p_store for update;
    if not found then
        perform api.fail('PG404', 'There is no such promotion.');
    end if;
    perform pricing.etag_checked(p.version, p_version);
    return p;
end
$$;

comment on function pricing.promotion_locked is
    'a promotion of the store for a change, or the refusal';
