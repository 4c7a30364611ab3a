create or replace function review.settings_change(store bigint, actor uuid,
        if_version bigint, document jsonb, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old review.setting;
    new review.setting;
begin
    insert into review.setting (store_id, version) values (store, 0)
        on conflict (store_id) do nothing;
    select s.* into strict old from review.setting s
        where s.store_id = store for no key update;
    if old.version <> if_version then
        perform api.fail('AP412', 'The settings have changed meanwhile.');
    end if;
    new := jsonb_populate_record(old, document);
    update review.setting s
        set moderation = new.moderation, hide_reports = new.hide_reports,
            request_days = new.request_days, version = old.version + 1,
            updated_at = now()
        where s.store_id = store returning s.* into new;
    perform ops.record(store, actor, 'review.settings', 'store:' || store,
                       to_jsonb(old), to_jsonb(new), address, request);
    return row(200, review.settings_body(new), new.version::text, null, null,
               null)::api.answer;
end
$$;

comment on function review.settings_change is 'PATCH /reviews/settings';
