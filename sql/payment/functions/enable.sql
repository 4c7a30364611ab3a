create or replace function payment.enable(p_provider text, p_enabled boolean)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update payment.provider p set enabled = p_enabled
    where p.provider = p_provider and p.enabled <> p_enabled
$$;

comment on function payment.enable is
    'switches a provider on or off for new orders; an operator''s';
