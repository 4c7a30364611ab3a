drop function if exists catalog.import_images(catalog.import_row[]);

create or replace function catalog.import_images(rows catalog.import_row[])
    returns bigint[]
    language plpgsql volatile
as $$
declare
    i record;
    touched bigint[] := '{}';
begin
    for i in
        select r.product_id, p.name, r.urls, array(
                   select g.url from catalog.image g
                   where g.product_id = r.product_id
                   order by g.position, g.id) as old
        from (select l.product_id, case when l.images = '-' then '{}' else
                  array(select btrim(w.url)
                        from unnest(string_to_array(l.images, '|'))
                            with ordinality as w (url, n)
                        order by w.n) end as urls
              from (select u.product_id, (array_agg(u.cells ->> 'images'
                        order by u.line desc))[1] as images
                    from unnest(rows) as u where u.cells ? 'images'
                    group by u.product_id) as l) as r
        join catalog.product p on p.id = r.product_id
        order by r.product_id
    loop
        continue when i.urls = i.old;
        -- one that stays keeps its text, its size and its variant
        perform catalog.put_images(i.product_id, coalesce(
            jsonb_agg(jsonb_strip_nulls(jsonb_build_object('url', w.url,
                'alt', g.alt, 'width', g.width, 'height', g.height,
                'variant_id', g.variant_id)) order by w.n), '[]'), i.name)
        from unnest(i.urls) with ordinality as w (url, n)
        left join lateral (
            select x.* from catalog.image x
            where x.product_id = i.product_id and x.url = w.url
            order by x.position, x.id limit 1) as g on true;
        touched := touched || i.product_id;
    end loop;
    return touched;
end
$$;

comment on function catalog.import_images is
    'pictures of rows, in place of those that their products had; the products'
    ' whose pictures are others now';
