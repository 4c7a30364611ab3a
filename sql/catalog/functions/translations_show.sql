create or replace function catalog.translations_show(store bigint, kind text,
        ref text, actor uuid, manager boolean)
    returns table (body text, etag text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    words jsonb;
    version bigint;
    seller uuid;
begin
    if kind = 'product' then
        select p.translations, p.version, p.seller_id
            into words, version, seller
            from catalog.product p
            where p.store_id = store and p.deleted_at is null
            and p.id = case when ref ~ '^[0-9]{1,18}$' then ref::bigint
                       else catalog.product_of_slug(store, ref) end;
    elsif kind = 'category' then
        select c.translations, c.version into words, version
            from catalog.category c
            where c.id = catalog.category_find(store, ref);
    else
        select c.translations, c.version into words, version
            from catalog.collection c
            where c.id = catalog.collection_find(store, ref);
    end if;
    if words is null or not catalog.may_change(seller, actor, manager) then
        return;
    end if;
    return query select json_build_object('locales', (
            select s.locales from store.store s where s.id = store),
        'translations', words)::text, version::text;
end
$$;

comment on function catalog.translations_show is
    'all translations of a product, category or collection, for those who may'
    ' change it';
