create or replace function review.settings(store bigint)
    returns review.setting
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    s review.setting;
begin
    select r.* into s from review.setting r where r.store_id = store;
    if not found then
        s := row(store, 'doubtful', 3, 7, 0, now())::review.setting;
    end if;
    return s;
end
$$;

comment on function review.settings is
    'how a store handles reviews; version 0: as every store begins';
