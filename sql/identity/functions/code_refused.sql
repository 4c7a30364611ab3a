create or replace function identity.code_refused(code text, detail text,
        retry_after integer)
    returns table (status integer, body text, retry_after_s integer)
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case code when 'rate_limited' then 429 else 422 end,
           jsonb_build_object('code', code, 'detail', detail)::text,
           retry_after
$$;

comment on function identity.code_refused is
    'the answer to a code that does not count, of somebody signed in';
