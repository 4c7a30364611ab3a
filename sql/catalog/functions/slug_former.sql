create or replace function catalog.slug_former(p_store bigint, p_kind text,
                                               p_slug text)
    returns bigint
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (select f.subject_id from catalog.former_slug f
            where f.store_id = p_store and f.kind = p_kind
            and f.slug = p_slug);
end
$$;

comment on function catalog.slug_former is
    'id of what had a slug before, or null';
