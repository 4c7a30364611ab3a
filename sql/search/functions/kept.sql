drop function if exists search.kept(search.ask, text);

create or replace function search.kept(a search.ask, name text, share float8)
    returns search.facet_item[]
    language plpgsql stable
as $$
#variable_conflict use_variable
begin
    -- a facet's tokens are neighbours
    return array(
        select row(f.token, f.label, ceil(f.products * share))
            ::search.facet_item
        from (values (name || '=', name || '>'),
                     ('~' || name || '~', '~' || name || chr(127)),
                     (case name when '$' then name end, '%'))
            as k (first, beyond)
        join search.facet_count f on f.store_id = a.store
            and f.category_id = coalesce(a.category, 0)
            and f.currency = a.money
            and f.token >= k.first and f.token < k.beyond
        where f.products > 0 and search.named(f.token) = name
    );
end
$$;

comment on function search.kept is
    'counts of a facet of a category, or of the store, as they are kept; or of'
    ' a share of its products';
