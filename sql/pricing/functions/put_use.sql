create or replace function pricing.put_use(p pricing.promotion)
    returns void
    language plpgsql volatile
as $$
declare
    used int;
begin
    if p.max_uses is null and p.max_uses_per_customer is null then
        delete from pricing.promotion_use u where u.promotion_id = p.id;
        return;
    end if;
    insert into pricing.promotion_use (promotion_id, uses)
    select p.id, count(*) from pricing.redemption r
    where r.promotion_id = p.id and r.released_at is null
    on conflict (promotion_id) do nothing;
    -- a new statement sees what orders have used meanwhile
    perform from pricing.promotion_use u
    where u.promotion_id = p.id for no key update;
    select count(*) into used from pricing.redemption r
    where r.promotion_id = p.id and r.released_at is null;
    if used > p.max_uses then
        perform api.fail('PG422', format('It was used %s times already.',
                                         used), '/max_uses');
    end if;
    update pricing.promotion_use u set max_uses = p.max_uses, uses = used
    where u.promotion_id = p.id;
end
$$;

comment on function pricing.put_use is
    'the counter of a promotion with limits; without them it needs none';
