create or replace function pricing.page_json(p_items jsonb[], p_places text[],
        p_limit int)
    returns text
    language sql stable
as $$
    select jsonb_build_object(
        'items', to_jsonb(coalesce(p_items[:p_limit], '{}')),
        'next_cursor', case when cardinality(p_items) > p_limit
            then api.cursor_encode(p_places[p_limit]) end)::text
$$;

comment on function pricing.page_json is
    'a page of a list; there is one element more when there is another page';
