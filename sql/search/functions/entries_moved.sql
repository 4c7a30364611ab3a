create or replace function search.entries_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        perform search.count_facets('{}',
            array(select n::search.entry from new_rows n));
    elsif tg_op = 'DELETE' then
        perform search.count_facets(
            array(select o::search.entry from old_rows o), '{}');
    else
        -- a product that was sold out or filled up moves no count
        perform search.count_facets(array_agg(o::search.entry),
                                    array_agg(n::search.entry))
            from old_rows o join new_rows n
                on n.product_id = o.product_id and n.store_id = o.store_id
                and n.currency = o.currency
            where (n.category_path, n.tokens, n.labels)
                is distinct from (o.category_path, o.tokens, o.labels)
            having count(*) > 0;
    end if;
    return null;
end
$$;

comment on function search.entries_moved is
    'trigger: keeps the facets of categories in step with their products';

create or replace trigger entries_added
    after insert on search.entry referencing new table as new_rows
    for each statement execute function search.entries_moved();

create or replace trigger entries_changed
    after update on search.entry
    referencing old table as old_rows new table as new_rows
    for each statement execute function search.entries_moved();

create or replace trigger entries_removed
    after delete on search.entry referencing old table as old_rows
    for each statement execute function search.entries_moved();
