create or replace function catalog.category_find(store bigint, ref text)
    returns bigint
    language plpgsql stable
as $$
begin
    if ref ~ '^[0-9]{1,18}$' then
        return (select c.id from catalog.category c
                where c.store_id = store and c.id = ref::bigint
                and not c.removed);
    end if;
    return coalesce((select c.id from catalog.category c
                     where c.store_id = store and c.slug = ref
                     and not c.removed),
                    catalog.slug_former(store, 'category', ref));
end
$$;

comment on function catalog.category_find is
    'id of a category by id, slug or a former slug';
