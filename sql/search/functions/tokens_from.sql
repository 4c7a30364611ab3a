create or replace function search.tokens_from(filters jsonb)
    returns text[]
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(lower(f.key || '=' || f.value)), '{}')
    from jsonb_each_text(filters) as f
$$;

comment on function search.tokens_from is
    '{"color": "red"} as the tokens that entries have';
