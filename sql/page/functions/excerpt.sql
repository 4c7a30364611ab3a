create or replace function page.excerpt(value text)
    returns text
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select case when length(t) <= 160 then nullif(t, '')
                    else regexp_replace(left(t, 158), '\s+\S*$', '') || ' …' end
        from (select btrim(regexp_replace(value, '\s+', ' ', 'g'))) as v (t)
    );
end
$$;

comment on function page.excerpt is
    'a text as a meta description: one line of at most 160 characters';
