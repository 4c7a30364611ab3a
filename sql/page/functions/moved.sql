create or replace function page.moved(status int, location text)
    returns page.answer
    language sql immutable
as $$
    select null::text, status, null::text, null::text, null::text, null::text,
           null::text, null::json, null::text, null::text, location,
           null::text, null::text
$$;

comment on function page.moved is 'a redirect to a path of the shop';
