create or replace function review.report(store bigint, id bigint, actor uuid,
                                         reason text, comment text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    most constant int := 50;
    r review.review := review.locked(store, id, actor, false, false, null);
    made review.report;
begin
    if r.status <> 'published' then
        perform api.fail('RV404', 'There is no such review.');
    end if;
    -- a moderator will look at it: what strangers add says nothing new
    if actor is null and r.reports >= most
       or exists (select from review.report t
                  where t.review_id = r.id and t.user_id = actor
                  and t.resolved_at is null)
    then
        perform api.fail('RR409', 'This review was reported already.');
    end if;
    insert into review.report as t (review_id, user_id, reason, comment)
        values (r.id, actor, reason, nullif(btrim(comment), ''))
        returning t.* into made;
    return row(201, review.report_body(made)::text, null, null,
        format('reviews:%s product:%s catalog:%s', r.product_id,
               r.product_id, r.store_id), null)::api.answer;
end
$$;

comment on function review.report is
    'POST /reviews/{id}/reports: a complaint, by an account or a guest';
