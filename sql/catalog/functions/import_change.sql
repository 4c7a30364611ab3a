drop function if exists catalog.import_publish(bigint, catalog.import_row[]);

create or replace function catalog.import_change(store bigint,
        rows catalog.import_row[], touched bigint[])
    returns bigint[]
    language plpgsql volatile
as $$
declare
    changed bigint[];
begin
    perform set_config('shop.announce', 'own', true);
    with new as materialized (
        select p as old, n as new
        from catalog.import_documents(store, rows, false) as doc
        join catalog.product p on p.id = doc.product_id
        cross join lateral catalog.import_product(p, doc) as n
        offset 0
    ), moved as (
        update catalog.product p
        set slug = (s.new).slug, name = (s.new).name,
            description = (s.new).description, status = (s.new).status,
            category_id = (s.new).category_id,
            tax_class = (s.new).tax_class, type_id = (s.new).type_id,
            attributes = (s.new).attributes, seo = (s.new).seo,
            metadata = (s.new).metadata, tags = (s.new).tags,
            translations = (s.new).translations,
            publish_at = (s.new).publish_at,
            unpublish_at = (s.new).unpublish_at,
            published_at = (s.new).published_at,
            version = p.version + 1, updated_at = now()
        from new s
        where p.id = (s.old).id
        and (p.id = any (touched) or s.new is distinct from s.old)
        returning p.id
    )
    select array_agg(m.id) into changed from moved m;
    perform set_config('shop.announce', '', true);
    return coalesce(changed, '{}');
end
$$;

comment on function catalog.import_change is
    'what rows say of products that were there; those that are not what they'
    ' were, or of which something else was touched';
