create or replace function page.theme(store bigint, hash text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query
    select t.css from page.theme t
    where t.store_id = store and t.hash = theme.hash;
end
$$;

comment on function page.theme is
    'the sheet of a store, if it is still this one';
