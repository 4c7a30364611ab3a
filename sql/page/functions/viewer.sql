create or replace function page.viewer(actor uuid)
    returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select u.body from (select identity.user_body(actor) as body) as u
        where actor is not null and u.body is not null
    );
end
$$;

comment on function page.viewer is 'who looks at the page, or null';
