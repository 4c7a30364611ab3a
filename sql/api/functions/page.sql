create or replace function api.page(p_items jsonb[], p_ids text[],
        p_limit int)
    returns text
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'items', to_jsonb(coalesce(p_items[:p_limit], '{}')),
        'next_cursor', case when cardinality(p_ids) > p_limit
            then api.cursor_encode(p_ids[p_limit]) end)::text
$$;

comment on function api.page is
    'a list of what one row more than the limit was read of, by its ids';
