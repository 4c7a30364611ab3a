create or replace function review.locked(store bigint, id bigint, actor uuid,
        reads boolean, manager boolean, if_version bigint)
    returns review.review
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    r review.review;
begin
    select t.* into r from review.review t
        where t.id = locked.id and t.store_id = store
        for no key update;
    if not found or review.visible(store, id, actor, reads, manager) is null
    then
        perform api.fail('RV404', 'There is no such review.');
    end if;
    if r.version <> if_version then
        perform api.fail('AP412', 'The review has changed meanwhile.');
    end if;
    return r;
end
$$;

comment on function review.locked is
    'a review for its change, if the actor sees it: locked, and of the'
    ' version that the actor has seen';
