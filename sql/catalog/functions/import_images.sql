create or replace function catalog.import_images(rows catalog.import_row[])
    returns void
    language plpgsql volatile
as $$
begin
    perform catalog.put_images(i.product_id, i.images, i.name)
    from (select r.product_id, p.name, (
              select coalesce(jsonb_agg(jsonb_build_object('url',
                         btrim(w.url)) order by w.n), '[]')
              from unnest(string_to_array(r.images, '|'))
                  with ordinality as w (url, n)
              where r.images <> '-') as images
          from (select u.product_id, (array_agg(u.cells ->> 'images'
                    order by u.line desc))[1] as images
                from unnest(rows) as u where u.cells ? 'images'
                group by u.product_id) as r
          join catalog.product p on p.id = r.product_id
          order by r.product_id) as i;
end
$$;

comment on function catalog.import_images is
    'pictures of rows, in place of those that their products had';
