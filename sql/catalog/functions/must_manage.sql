create or replace function catalog.must_manage(actor uuid, manager boolean)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not catalog.may_change(null, actor, manager) then
        perform api.fail('PR403', 'This is the shop''s own: sellers change'
                         ' their products.');
    end if;
end
$$;

comment on function catalog.must_manage is
    'refuses sellers what belongs to the whole store';
