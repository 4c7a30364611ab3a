create or replace function media.image_show(store bigint, ref text,
        actor uuid, manager boolean, image bigint)
    returns table (body text, etag text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select media.image_json(i)::text, media.image_etag(i)
    from media.product_of(store, ref, actor, manager) as p
    cross join lateral media.image_of(p.id, image) as i
$$;

comment on function media.image_show is 'GET /products/{id}/images/{image}';
