drop function if exists search.texts(catalog.product, text[], bigint[]);

create or replace function search.texts(product catalog.product,
        locales text[], path bigint[], labels text[], out head tsvector,
        out words tsvector, out vocabulary text[])
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    config regconfig := search.language(locales[1]);
    names text := search.normal(product.name);
    kinds text := search.normal(concat_ws(' ',
        (select string_agg(c.name, ' ') from catalog.category c
         where c.id = any (path)),
        array_to_string(product.tags, ' '),
        (select string_agg(substr(l, strpos(l, '=') + 1), ' ')
         from unnest(labels) as l where strpos(l, '=') > 0)));
    about text := search.normal(left(product.description, 5000));
    t record;
begin
    select setweight(to_tsvector('simple', search.normal(string_agg(
               concat_ws(' ', v.sku, v.barcode), ' '))), 'A') into head
        from catalog.variant v
        where v.product_id = product.id and v.deleted_at is null;
    head := setweight(to_tsvector(config, names), 'A')
        || setweight(to_tsvector(config, kinds), 'B')
        || coalesce(head, '');
    words := to_tsvector(config, about);
    about := concat_ws(' ', names, kinds, about);
    if cardinality(locales) > 1 then
        for t in
            select * from search.translated_texts(product, locales[2:], path)
        loop
            head := head || setweight(to_tsvector(t.config, t.names), 'A')
                || setweight(to_tsvector(t.config, t.kinds), 'B');
            words := words || to_tsvector(t.config, t.about);
            about := concat_ws(' ', about, t.names, t.kinds, t.about);
        end loop;
    end if;
    words := strip(words || head);
    vocabulary := array(
        select distinct w from unnest(string_to_array(about, ' ')) as w
        where length(w) between 2 and 40 and w !~ '^[0-9]');
end
$$;

comment on function search.texts is
    'the text of a product: name and SKUs (A), category, tags and attributes'
    ' (B); words has the description, too';
