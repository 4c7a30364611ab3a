create or replace function store.rate_show(p_store bigint, p_currency text)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select b.body::text, coalesce((
               select c.version from store.conversion c
               where c.store_id = s.id and c.currency = p_currency), 0)
           || '.' || to_hex(hashtext(b.body::text))
    from store.store s
    cross join lateral store.rate_body(s, p_currency) as b (body)
    where s.id = p_store and p_currency = any (s.currencies)
    and p_currency <> s.currency
$$;

comment on function store.rate_show is 'GET /exchange-rates/{currency}';
