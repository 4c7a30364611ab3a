drop function if exists catalog.import_documents(bigint, catalog.import_row[],
                                                 boolean);

create or replace function catalog.import_documents(store bigint,
        rows catalog.import_row[], fresh boolean)
    returns table (product_id bigint, d jsonb, own jsonb, attributes jsonb,
        seo jsonb, metadata jsonb, category_id bigint, type_id bigint,
        tags text[], said jsonb, words jsonb)
    language sql stable
as $$
    with said as materialized (
        -- later rows of a product lie over those before them
        select r.product_id, catalog.merged(r.cells) as d,
               catalog.merged(r.cells -> 'attributes{}') as own,
               catalog.merged(r.cells -> 'attributes') as attributes,
               catalog.merged(r.cells -> 'translations{}') as said,
               catalog.merged(r.cells -> 'translations') as words,
               coalesce(catalog.merged(r.cells -> 'seo{}'), '{}')
                   || coalesce(catalog.merged(r.cells -> 'seo'), '{}') as seo,
               coalesce(catalog.merged(r.cells -> 'metadata{}'), '{}')
                   || coalesce(catalog.merged(r.cells -> 'metadata'), '{}')
                   as metadata
        from (select u.product_id, u.cells from unnest(rows) as u
              where u.made = fresh order by u.product_id, u.line) as r
        group by r.product_id
    ), place as materialized (
        select c.ref, catalog.category_find(store, c.ref) as id
        from (select distinct s.d ->> 'category' as ref from said s) as c
        where c.ref <> '-'
    ), type as materialized (
        select c.ref, catalog.type_find(store, c.ref) as id
        from (select distinct s.d ->> 'type' as ref from said s) as c
        where c.ref <> '-'
    )
    select s.product_id, s.d, s.own, s.attributes, s.seo, s.metadata, p.id,
           t.id,
           case when s.d ->> 'tags' = '-' then '{}' else array(
               select btrim(w)
               from unnest(string_to_array(s.d ->> 'tags', '|')) as w) end,
           s.said, s.words
    from said s
    left join place p on p.ref = s.d ->> 'category'
    left join type t on t.ref = s.d ->> 'type'
$$;

comment on function catalog.import_documents is
    'what rows say of new products (fresh), or of those that were there: a'
    ' document a product';
