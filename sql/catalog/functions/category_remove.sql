create or replace function catalog.category_remove(store bigint, ref text,
        actor uuid, manager boolean, if_version bigint)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    old catalog.category;
    guests bigint[];
begin
    if not catalog.may_change(null, actor, manager) then
        perform api.fail('PR403', 'Categories are not for sellers to change.');
    end if;
    select c.* into old from catalog.category c
        where c.id = catalog.category_find(store, ref) for update;
    if not found then
        perform api.fail('ZZ404', 'There is no such category.');
    end if;
    if old.version <> if_version then
        perform api.fail('AP412', 'The category has changed meanwhile.');
    end if;
    if exists (select from catalog.category c
               where c.store_id = store and c.parent_id = old.id)
    then
        perform api.fail('PC409', 'There are categories below this one.');
    end if;
    -- its products go up to the category above
    update catalog.product p
        set category_id = old.parent_id, version = p.version + 1,
            updated_at = now()
        where p.category_id = old.id;
    with moved as (
        update catalog.product_store x set category_id = old.parent_id
        where x.category_id = old.id returning x.product_id
    )
    select array_agg(m.product_id order by m.product_id) into guests
        from moved m;
    if guests is not null then
        perform catalog.hold(guests);
        perform catalog.render(guests);
    end if;
    delete from catalog.former_slug f
        where f.kind = 'category' and f.subject_id = old.id;
    delete from catalog.category c where c.id = old.id;
    delete from search.facet_count f
        where f.store_id = store and f.category_id = old.id;
    delete from search.facet f
        where f.store_id = store and f.category_id = old.id;
    perform catalog.category_facets(store, old.parent_id);
    perform ops.record(store, actor, 'category.remove', 'category:' || old.id,
                       to_jsonb(old), null);
    perform ops.notify_drop(catalog.name_tags(store));
    return row(204, null::text, null::text, null::text,
               catalog.name_tags(store), false)::api.answer;
end
$$;

comment on function catalog.category_remove is
    'DELETE /categories/{id}: an empty branch; its products go up';
