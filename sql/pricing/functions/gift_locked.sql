create or replace function pricing.gift_locked(p_store bigint, p_id uuid,
        p_version bigint)
    returns pricing.gift_card
    language plpgsql volatile
as $$
declare
    g pricing.gift_card;
begin
    select t.* into g from pricing.gift_card t
    where t.id = p_id and t.store_id = p_store for no key update;
    if not found then
        perform api.fail('PG404', 'There is no such gift card.');
    end if;
    perform pricing.etag_checked(g.version, p_version);
    return g;
end
$$;

comment on function pricing.gift_locked is
    'a gift card of the store for a change, or the refusal';
