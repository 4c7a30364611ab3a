create or replace function catalog.category_remove(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.category;
begin
    if not catalog.may_change(null, actor, manager) then
        perform api.fail('PR403', 'Categories are not for sellers to change.');
    end if;
    select c.* into old from catalog.category c
        where c.id = catalog.category_find(store, ref) and not c.removed
        for update;
    if not found then
        perform api.fail('ZZ404', 'There is no such category.');
    end if;
    if old.version <> if_version then
        perform api.fail('AP412', 'The category has changed meanwhile.');
    end if;
    if exists (select from catalog.category c
               where c.store_id = store and c.parent_id = old.id
               and not c.removed)
    then
        perform api.fail('PC409', 'There are categories below this one.');
    end if;
    update catalog.category c set removed = true, image = null
        where c.id = old.id;
    delete from catalog.former_slug f
        where f.kind = 'category' and f.subject_id = old.id;
    -- its products go up to the category above
    if not catalog.category_emptied(old.id, 1000) then
        insert into catalog.rendering (category_id, place) values (old.id, 0);
    end if;
    perform catalog.category_facets(store, old.parent_id);
    perform ops.record(store, actor, 'category.remove', 'category:' || old.id,
                       to_jsonb(old), null);
    perform ops.notify_drop(catalog.name_tags(store));
    return row(204, null::text, null::text, null::text,
               catalog.name_tags(store), false)::api.answer;
end
$$;

comment on function catalog.category_remove is
    'DELETE /categories/{id}: nothing is below it; its products go up, 1,000 at'
    ' once, the rest by catalog.render_work()';
