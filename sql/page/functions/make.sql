drop function if exists page.make(bigint, uuid, text, text, text, text, text,
                                   text, json, text, int);
drop function if exists page.make(bigint, uuid, text, text, text, text, text,
                                   text, json, text, int, text);

create or replace function page.make(store bigint, actor uuid, name text,
        title text, path text, description text default null,
        parts text default '', image text default null,
        ld json default null, robots text default null,
        status int default 200, tags text default null,
        srcset text default null)
    returns page.answer
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    made page.answer;
begin
    select make.name, status, coalesce(title || ' · ', '') || s.name,
           description, path, image, robots, ld, t.hash,
           page.frame(store, actor, parts), null::text,
           concat_ws(' ', 'store:' || s.id, 'catalog:' || s.id, tags), srcset
    into made
    from store.store s
    left join page.theme t on t.store_id = s.id
    where s.id = store;
    return made;
end
$$;

comment on function page.make is 'a page of a store in its frame';
