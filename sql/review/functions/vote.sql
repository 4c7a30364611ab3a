create or replace function review.vote(store bigint, id bigint, actor uuid,
                                       helpful boolean)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    r review.review := review.locked(store, id, actor, false, false, null);
begin
    if r.user_id = actor then
        perform api.fail('ZZ403', 'This is your own review.');
    end if;
    if r.status <> 'published' then
        perform api.fail('RV404', 'There is no such review.');
    end if;
    if vote.helpful is null then
        delete from review.vote v
            where v.review_id = r.id and v.user_id = actor;
    else
        insert into review.vote as v (review_id, user_id, helpful)
            values (r.id, actor, vote.helpful)
            on conflict on constraint vote_pkey do update
            set helpful = excluded.helpful, created_at = now()
            where v.helpful <> excluded.helpful;
    end if;
    select t.* into r from review.review t where t.id = r.id;
    return row(case when vote.helpful is null then 204 else 200 end,
        case when vote.helpful is not null then jsonb_build_object(
            'helpful', r.helpful, 'unhelpful', r.unhelpful)::text end,
        null, null, 'reviews:' || r.product_id, null)::api.answer;
end
$$;

comment on function review.vote is
    'POST and DELETE /reviews/{id}/votes: whether it helped; null: no vote';
