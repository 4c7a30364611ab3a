create or replace function search.documents_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        perform search.count_words('{}',
            array(select n::search.document from new_rows n));
    elsif tg_op = 'DELETE' then
        perform search.count_words(
            array(select o::search.document from old_rows o), '{}');
    else
        perform search.count_words(array_agg(o::search.document),
                                   array_agg(n::search.document))
            from old_rows o join new_rows n on n.product_id = o.product_id
            where n.vocabulary <> o.vocabulary
            having count(*) > 0;
    end if;
    return null;
end
$$;

comment on function search.documents_moved is
    'trigger: keeps the vocabulary in step with the documents';

create or replace trigger documents_added
    after insert on search.document referencing new table as new_rows
    for each statement execute function search.documents_moved();

create or replace trigger documents_changed
    after update on search.document
    referencing old table as old_rows new table as new_rows
    for each statement execute function search.documents_moved();

create or replace trigger documents_removed
    after delete on search.document referencing old table as old_rows
    for each statement execute function search.documents_moved();
