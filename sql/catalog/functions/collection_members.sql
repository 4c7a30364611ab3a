create or replace function catalog.collection_members(store bigint,
        products jsonb, field text)
    returns bigint[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    ids bigint[];
    wrong text;
begin
    select array_agg(x.id order by x.n), min(x.field) filter (
               where x.id is null)
    into ids, wrong
    from (
        select distinct on (coalesce(q.product_id, -u.n)) q.product_id as id,
               u.n, format('%s/%s', field, u.n - 1) as field
        from jsonb_array_elements_text(products)
            with ordinality as u (ref, n)
        left join catalog.product p on p.deleted_at is null
            and p.id = case when u.ref ~ '^[0-9]{1,18}$' then u.ref::bigint
                       else catalog.product_of_slug(store, u.ref) end
        left join catalog.place q on q.product_id = p.id
            and q.store_id = store
        order by coalesce(q.product_id, -u.n), u.n
    ) as x;
    if wrong is not null then
        perform api.fail('PR422', 'There is no such product.', wrong);
    end if;
    return coalesce(ids, '{}');
end
$$;

comment on function catalog.collection_members is
    'ids of products named by id or slug, each once, in their order';
