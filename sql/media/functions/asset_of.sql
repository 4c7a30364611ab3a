create or replace function media.asset_of(store bigint, actor uuid,
        manager boolean, asset uuid)
    returns media.asset
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    found_one media.asset;
begin
    select a.* into found_one from media.asset a
        where a.id = asset and a.store_id = store
        and (manager or a.owner = actor);
    if not found then
        perform api.fail('ZZ404', 'There is no such picture.');
    end if;
    return found_one;
end
$$;

comment on function media.asset_of is
    'a picture of one''s own, or any for those who may write them all';
