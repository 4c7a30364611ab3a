drop function if exists search.texts(catalog.product, text[], bigint[],
                                     text[]);

drop function if exists search.texts_of(bigint[]);

create or replace function search.texts_of(products bigint[])
    returns table (product_id bigint, store_id bigint, start text,
        head tsvector, words tsvector, vocabulary text[], newest bigint,
        rating bigint, in_stock boolean, attributes jsonb)
    language plpgsql stable rows 1000
as $$
#variable_conflict use_column
begin
    return query
    with entry as materialized (
        select distinct on (e.product_id, e.store_id) e.product_id,
               e.store_id, e.category_path as path, e.labels, e.newest,
               e.rating, e.in_stock
        from search.entry e where e.product_id = any (products)
        order by e.product_id, e.store_id, e.currency
    ), place as materialized (
        -- many products are in the same category
        select d.store_id, d.path, c.head, c.about
        from (select distinct e.store_id, e.path from entry e) as d
        cross join lateral search.category_texts(d.store_id, d.path) as c
    ), shop as materialized (
        select s.id, s.locales, search.language(s.locales[1]) as config
        from store.store s
    ), text as materialized (
        select e.product_id, e.store_id, e.path, p.translations, p.type_id,
               p.attributes, s.locales, s.config, e.newest, e.rating,
               e.in_stock,
               search.normal(p.name) as names,
               search.normal(nullif(concat_ws(' ',
                   nullif(array_to_string(p.tags, ' '), ''),
                   (select string_agg(substr(l, strpos(l, '=') + 1), ' ')
                    from unnest(e.labels) as l where strpos(l, '=') > 0)), ''))
                   as kinds,
               search.normal(nullif(left(p.description, 5000), '')) as about,
               search.normal((
                   select string_agg(concat_ws(' ', v.sku, v.barcode), ' '
                                     order by v.id)
                   from catalog.variant v
                   where v.product_id = p.id and v.deleted_at is null))
                   as codes
        from entry e
        join catalog.product p on p.id = e.product_id
        join shop s on s.id = e.store_id
    ), made as materialized (
        select t.product_id, t.store_id, left(t.names, 60) as start,
               setweight(to_tsvector(t.config, t.names), 'A') || c.head
                   || coalesce(setweight(to_tsvector(t.config, t.kinds), 'B'),
                               '')
                   || coalesce(setweight(to_tsvector('simple', t.codes), 'A'),
                               '')
                   || coalesce(o.head, '') as head,
               coalesce(to_tsvector(t.config, t.about), '')
                   || coalesce(o.words, '') as words,
               concat_ws(' ', t.names, c.about, t.kinds, t.about, o.about)
                   as about,
               t.newest, t.rating, t.in_stock, t.attributes
        from text t
        join place c on c.store_id = t.store_id and c.path = t.path
        cross join lateral (
            select search.joined(setweight(to_tsvector(x.config, x.names), 'A')
                       || setweight(to_tsvector(x.config, x.kinds), 'B'))
                       as head,
                   search.joined(to_tsvector(x.config, x.about)) as words,
                   string_agg(concat_ws(' ', x.names, x.kinds, x.about), ' ')
                       as about
            from search.translated_texts(t.translations, t.type_id,
                     t.attributes, t.locales[2:]) as x
            where cardinality(t.locales) > 1
            and (t.translations <> '{}' or t.type_id is not null)) as o
    )
    select m.product_id, m.store_id, m.start, m.head, strip(m.words || m.head),
           coalesce((
               select array_agg(distinct w)
               from unnest(string_to_array(m.about, ' ')) as w
               where length(w) between 2 and 40
               and (w collate "C" < '0' or w collate "C" >= ':')), '{}'),
           m.newest, m.rating, m.in_stock, m.attributes
    from made m;
end
$$;

comment on function search.texts_of is
    'the text of products by the stores that show them: name and SKUs (A),'
    ' category, tags and attributes (B); words has the description, too; and'
    ' what facts have of products and their entries besides';
