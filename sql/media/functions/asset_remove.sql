create or replace function media.asset_remove(store bigint, actor uuid,
        manager boolean, asset uuid, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    old media.asset := media.asset_of(store, actor, manager, asset);
    address constant text := format('/media/i/%s.webp', old.key);
begin
    if old.subject is not null
        or exists (select from catalog.category c
                   where c.store_id = store and c.image = address)
        or exists (select from store.store s
                   where s.id = store and s.logo = address)
    then
        perform api.fail('MU409', 'Something still shows this picture.');
    end if;
    delete from media.asset a
    where a.id = old.id and a.subject is null
    and a.version = coalesce(if_version, a.version);
    if not found then
        perform api.fail('AP412', 'The picture has changed meanwhile.');
    end if;
    perform ops.record(store, actor, 'media.remove', 'media:' || old.id,
                       to_jsonb(old), null);
    return row(204, null::text, null::text, null::text, null::text,
               false)::api.answer;
end
$$;

comment on function media.asset_remove is
    'DELETE /media/{asset}, unless something shows it';
