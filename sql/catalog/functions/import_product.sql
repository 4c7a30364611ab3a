create or replace function catalog.import_product(old catalog.product,
        said record)
    returns catalog.product
    language plpgsql stable
as $$
declare
    p catalog.product := old;
    d constant jsonb := said.d;
begin
    p.slug := coalesce(d ->> 'slug', old.slug);
    -- a cell has no space around its text
    if d ->> 'name' <> btrim(old.name, e' \t\r\n') then
        p.name := d ->> 'name';
    end if;
    if d ->> 'description' <> btrim(old.description, e' \t\r\n') then
        p.description := nullif(d ->> 'description', '-');
        p.description := coalesce(p.description, '');
    end if;
    select a.status, a.begins, a.ends
        into p.status, p.publish_at, p.unpublish_at
        from catalog.import_dates(old, d) as a;
    if p.status = 'published' then
        p.published_at := coalesce(old.published_at, now());
    end if;
    p.tax_class := coalesce(d ->> 'tax_class', old.tax_class);
    if d ? 'category' then
        p.category_id := said.category_id;
    end if;
    if d ? 'type' then
        p.type_id := said.type_id;
    end if;
    if said.own is not null or said.attributes is not null then
        p.attributes := catalog.import_attributes(old.attributes, said.own,
                                                  said.attributes);
    end if;
    p.seo := old.seo || said.seo;
    p.metadata := old.metadata || said.metadata;
    if d ? 'tags' then
        p.tags := said.tags;
    end if;
    if said.said is not null or said.words is not null then
        p.translations := catalog.import_translations(old.translations,
                                                      said.said, said.words);
    end if;
    return p;
end
$$;

comment on function catalog.import_product is
    'a product after its rows; said: what import_documents() makes of them';
