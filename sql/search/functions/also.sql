create or replace function search.also(asked text, pick search.pick)
    returns text
    language sql stable
as $$
    select concat_ws('&', asked, '(' || coalesce(
        nullif(array_to_string(pick.ids, '|'), ''), '0') || ')')
$$;

comment on function search.also is
    'keys that are asked for, and one of a filter''s as well; no key is 0';
