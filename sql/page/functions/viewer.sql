create or replace function page.viewer(actor uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select u.body from (select identity.user_body(actor) as body) as u
    where actor is not null and u.body is not null
$$;

comment on function page.viewer is 'who looks at the page, or null';
