create or replace function review.counted()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    before review.review[] := '{}';
    after review.review[] := '{}';
begin
    if tg_op <> 'INSERT' then
        before := array(select o::review.review from old_rows o);
    end if;
    if tg_op <> 'DELETE' then
        after := array(select n::review.review from new_rows n);
    end if;
    perform review.count(before, after);
    perform ops.notify_drop(string_agg(distinct 'reviews:' || t.product_id,
                                       ' '))
        from unnest(before || after) as t;
    return null;
end
$$;

comment on function review.counted is
    'trigger: the product holds the count of its reviews with each number of'
    ' stars; cached lists of them are dropped';

create or replace trigger review_added
    after insert on review.review referencing new table as new_rows
    for each statement execute function review.counted();

create or replace trigger review_changed
    after update on review.review
    referencing old table as old_rows new table as new_rows
    for each statement execute function review.counted();

create or replace trigger review_removed
    after delete on review.review referencing old table as old_rows
    for each statement execute function review.counted();
