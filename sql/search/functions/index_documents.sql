create or replace function search.index_documents(products bigint[])
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into search.document (product_id, store_id, words, vocabulary)
    select p.id, p.store_id,
           setweight(to_tsvector(l.config, p.name), 'A')
           || setweight(to_tsvector('search.plain', search.normal(t.skus)), 'A')
           || setweight(to_tsvector(l.config, t.kinds), 'B')
           || setweight(to_tsvector(l.config, left(p.description, 5000)), 'D'),
           array(select distinct w from unnest(string_to_array(
                     search.normal(p.name || ' ' || t.kinds), ' ')) as w
                 where length(w) between 3 and 40 and w !~ '^[0-9]')
    from catalog.product p
    join store.store s on s.id = p.store_id
    cross join lateral (
        select search.language(s.locales[1]) as config) as l
    cross join lateral (
        select concat_ws(' ',
                   (select string_agg(c.name, ' ') from catalog.category c
                    where c.id = any (array(
                        select unnest(d.path) from catalog.category d
                        where d.id = p.category_id))),
                   array_to_string(p.tags, ' '),
                   (select string_agg(split_part(x.label, '=', 2), ' ')
                    from search.tokens_of(p.id) as x)) as kinds,
               (select string_agg(v.sku || ' ' || coalesce(v.barcode, ''), ' ')
                from catalog.variant v where v.product_id = p.id
                and v.deleted_at is null) as skus) as t
    where p.id = any (products)
    and exists (select from catalog.offer o where o.product_id = p.id)
    on conflict (product_id) do update
    set words = excluded.words, vocabulary = excluded.vocabulary
$$;

comment on function search.index_documents is
    'text that the search looks through: name and SKUs, then category, tags'
    ' and attributes, then the description';
