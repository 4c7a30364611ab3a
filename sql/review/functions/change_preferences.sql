create or replace function review.change_preferences(store bigint, actor uuid,
                                                     request_mails boolean)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if request_mails then
        delete from review.silence s
            where s.user_id = actor and s.store_id = store;
    else
        perform review.hush(store, actor);
    end if;
    return row(200, (select p.body from review.preferences(store, actor) as p),
               null, null, null, null)::api.answer;
end
$$;

comment on function review.change_preferences is
    'PATCH /reviews/preferences';
