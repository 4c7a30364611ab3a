create or replace function media.asset_change(store bigint, actor uuid,
        manager boolean, asset uuid, if_version bigint, alt text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old media.asset := media.asset_of(store, actor, manager, asset);
begin
    update media.asset a
    set alt = asset_change.alt, version = a.version + 1, updated_at = now()
    where a.id = old.id and a.version = coalesce(if_version, a.version);
    if not found then
        perform api.fail('AP412', 'The picture has changed meanwhile.');
    end if;
    perform ops.record(store, actor, 'media.change', 'media:' || old.id,
                       to_jsonb(old), jsonb_build_object('alt', alt));
    return media.asset_answer(old.id, 200);
end
$$;

comment on function media.asset_change is 'PATCH /media/{asset}';
