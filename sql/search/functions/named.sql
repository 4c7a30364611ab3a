create or replace function search.named(token text)
    returns text
    language sql immutable parallel safe
as $$
    select case when strpos(token, '=') > 0 then split_part(token, '=', 1)
                when left(token, 1) = '~' then split_part(token, '~', 2)
                else left(token, 1) end
$$;

comment on function search.named is
    'the facet that a token belongs to: "color", "/", "$"';
