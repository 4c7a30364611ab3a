create or replace function review.change(store bigint, id bigint, actor uuid,
        writes boolean, manager boolean, if_version bigint, document jsonb,
        address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old review.review := review.locked(store, id, actor, writes, manager,
                                       if_version);
    new review.review := review.filled(old, document);
    reader text := review.visible(store, id, actor, writes, manager);
    words constant text[] := '{rating,title,body,author,images}';
begin
    if document ?| words and old.user_id is distinct from actor then
        perform api.fail('ZZ403', 'Only its author changes what it says.');
    end if;
    if document ?| '{status,reason}' and not manager then
        perform api.fail('ZZ403', 'Only a moderator publishes and rejects.');
    end if;
    if document ? 'reply' and reader <> 'staff' then
        perform api.fail('ZZ403', 'Only who sells the product replies.');
    end if;
    if document ?| words and not document ? 'status' then
        -- what was rejected does not come back by being written anew
        new.status := case old.status when 'rejected' then 'pending' else
            review.state_for(store, new, document) end;
    end if;

    if document ? 'status' then
        update review.report t
            set resolved_at = now(), resolved_by = actor
            where t.review_id = old.id and t.resolved_at is null;
        new.moderated_by := actor;
        new.moderated_at := now();
    end if;
    if document ? 'reply' then
        new.reply := nullif(btrim(document ->> 'reply', E' \t\r\n'), '');
        new.reply_by := case when new.reply is not null then actor end;
        new.reply_at := case when new.reply is not null then now() end;
    end if;

    update review.review r
        set rating = new.rating, title = new.title, body = new.body,
            author = coalesce(new.author, old.author), status = new.status,
            reason = case when new.status = 'rejected' then new.reason end,
            moderated_by = new.moderated_by, moderated_at = new.moderated_at,
            reply = new.reply, reply_by = new.reply_by,
            reply_at = new.reply_at, version = r.version + 1,
            updated_at = now()
        where r.id = old.id returning r.* into new;
    perform review.show_images(new, document);
    perform review.tell(new, 'review.changed');
    if reader = 'staff' then
        perform ops.record(store, actor, 'review.change', 'review:' || old.id,
            jsonb_build_object('status', old.status, 'reply', old.reply),
            document, address, request);
    end if;
    return review.answer(new, reader, 200);
end
$$;

comment on function review.change is
    'PATCH /reviews/{id}: its author changes what it says, a moderator'
    ' whether it is published, the merchant the reply';
