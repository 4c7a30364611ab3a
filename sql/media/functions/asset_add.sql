create or replace function media.asset_add(store bigint, actor uuid,
        manager boolean, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    wanted constant text := coalesce(document ->> 'purpose', 'content');
    asset uuid;
begin
    if wanted <> 'review' and not manager then
        perform api.fail('ZZ403', 'Only pictures of reviews are for everybody'
                                  ' (purpose=review).');
    end if;
    if not manager and (
        select count(*) from (
            select from media.asset a
            where a.owner = actor and a.subject is null limit 20) as loose
        ) >= 20
    then
        perform api.fail('MI409', 'Use or remove what you uploaded before.');
    end if;

    insert into media.asset as a (store_id, owner, purpose, key, alt)
    select store, actor, wanted, f.key, coalesce(document ->> 'alt', '')
    from media.put(document) as f
    returning a.id into asset;

    perform ops.record(store, actor, 'media.add', 'media:' || asset, null,
                       document - 'spool');
    return media.asset_answer(asset, 201);
end
$$;

comment on function media.asset_add is 'POST /media, once the upload is kept';
