create or replace function store.rate_list(p_store bigint)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('items', coalesce(
               jsonb_agg(store.rate_body(s, c.code) order by c.n)
                   filter (where c.code <> s.currency), '[]'),
               'next_cursor', null)::text
    from store.store s, unnest(s.currencies) with ordinality as c (code, n)
    where s.id = p_store
$$;

comment on function store.rate_list is
    'GET /exchange-rates: the store''s currencies beside its own';
