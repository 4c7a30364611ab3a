create or replace function page.theme_changed()
    returns trigger
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    sheet text := page.theme_css(new.theme);
begin
    insert into page.theme as t (store_id, hash, css)
        values (new.id, left(md5(sheet), 12), sheet)
        on conflict (store_id) do update
        set hash = excluded.hash, css = excluded.css
        where t.hash <> excluded.hash;
    return null;
end
$$;

comment on function page.theme_changed is
    'trigger: keeps the sheet of a store''s theme';

create or replace trigger page_theme_changed
    after insert or update of theme on store.store
    for each row execute function page.theme_changed();
