create or replace function search.tokens_from(filters jsonb)
    returns text[]
    language plpgsql stable
as $$
begin
    return (
        select coalesce(array_agg(lower(f.key || '=' || f.value)), '{}')
        from jsonb_each_text(filters) as f
    );
end
$$;

comment on function search.tokens_from is
    '{"color": "red"} as the tokens that entries have';
