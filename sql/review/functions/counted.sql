create or replace function review.counted()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        perform review.count('{}', array(
            select n::review.review from new_rows n));
    elsif tg_op = 'DELETE' then
        perform review.count(array(
            select o::review.review from old_rows o), '{}');
    else
        perform review.count(array(select o::review.review from old_rows o),
                             array(select n::review.review from new_rows n));
    end if;
    return null;
end
$$;

comment on function review.counted is
    'trigger: the product holds the sum and the count of its reviews';

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
