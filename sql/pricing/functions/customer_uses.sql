create or replace function pricing.customer_uses(p_promotion bigint,
        p_user uuid, p_email text)
    returns bigint
    language plpgsql stable
as $$
declare
    hash bytea := sha256(convert_to(lower(coalesce(p_email, (
        select a.email from identity.account a where a.id = p_user))),
        'UTF8'));
begin
    return (
        select count(*) from (
            select r.order_id from pricing.redemption r
            where r.user_id = p_user and r.promotion_id = p_promotion
                and r.released_at is null
            union
            select r.order_id from pricing.redemption r
            where r.email_hash = hash and r.promotion_id = p_promotion
                and r.released_at is null) as u);
end
$$;

comment on function pricing.customer_uses is
    'how often a customer has used a promotion, by account or by address';
