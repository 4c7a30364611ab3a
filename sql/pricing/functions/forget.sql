create or replace function pricing.forget(p_user uuid, p_emails text[])
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    update pricing.redemption r
    set user_id = null, email_hash = null
    where r.user_id = p_user;

    update pricing.redemption r
    set email_hash = null
    where r.email_hash = any (array(
        select sha256(convert_to(lower(e), 'UTF8'))
        from unnest(p_emails) as e));

    perform set_config('shop.forgetting', 'on', true);
    update pricing.gift_entry e set actor = null where e.actor = p_user;
    perform set_config('shop.forgetting', '', true);
end
$$;

comment on function pricing.forget is
    'who used promotions and gift cards is nobody any more; their counts stay';
