create or replace function search.number_tokens(store bigint, name text,
                                                given jsonb)
    returns text[]
    language plpgsql stable
as $$
#variable_conflict use_variable
begin
    return array(
        select k.token
        from search.number_ranges(given) as r
        join search.key k on k.store_id = store
            and k.token like '~%' and split_part(k.token, '~', 2) = name
        cross join lateral (
            select split_part(k.token, '~', 3)::int as step) as s
        where s.step between coalesce(search.number_step(r.low), -1000)
                         and coalesce(search.number_step(r.high) - (
                     not r.exact and r.high = any (search.number_steps()))::int,
                     1000)
    );
end
$$;

comment on function search.number_tokens is
    'the ranges that an attribute has, and a filter asks for';
