create or replace function review.remove(store bigint, id bigint, actor uuid,
        manager boolean, if_version bigint, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old review.review := review.locked(store, id, actor, manager, manager,
                                       if_version);
begin
    if not manager and old.user_id is distinct from actor then
        perform api.fail('ZZ403', 'This is somebody else''s review.');
    end if;
    delete from review.review r where r.id = old.id;
    perform review.show_images(old, '{"images": []}');
    old.version := old.version + 1;
    perform review.tell(old, 'review.removed');
    perform ops.record(store, actor, 'review.remove', 'review:' || old.id,
        case when old.user_id is distinct from actor
             then to_jsonb(old) - '{user_id}'::text[] end,
        null, address, request);
    return row(204, null, null, null, (review.answer(old, 'public', 204)).tags,
               null)::api.answer;
end
$$;

comment on function review.remove is
    'DELETE /reviews/{id}: by its author, who may write another, or by a'
    ' moderator';
