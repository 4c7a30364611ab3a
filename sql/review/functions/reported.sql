create or replace function review.reported()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    subject bigint := coalesce(new.review_id, old.review_id);
    open int;
    accounts int;
    r review.review;
begin
    select t.* into r from review.review t where t.id = subject
        for no key update;
    if not found then
        return null;
    end if;
    select count(*), count(t.user_id) into open, accounts
    from review.report t
    where t.review_id = subject and t.resolved_at is null;

    -- a moderator's word stands: what was looked at is not hidden again
    if tg_op = 'INSERT' and r.status = 'published'
       and r.moderated_at is null
       and accounts >= (review.settings(r.store_id)).hide_reports
    then
        update review.review t
            set reports = open, status = 'pending', version = t.version + 1
            where t.id = subject returning t.* into r;
        perform review.tell(r, 'review.changed');
    else
        update review.review t set reports = open
            where t.id = subject and t.reports <> open;
    end if;
    return null;
end
$$;

comment on function review.reported is
    'trigger: a review counts its open reports; enough of them hide it until a'
    ' moderator has looked at it';

create or replace trigger reported
    after insert or update of resolved_at or delete on review.report
    for each row execute function review.reported();
