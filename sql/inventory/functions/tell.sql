drop function if exists inventory.tell(bigint, inventory.shown[]);

create or replace function inventory.tell(before inventory.shown[])
    returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    tags text;
begin
    select string_agg(distinct t.tag, ' ') into tags
    from unnest(before) as b
    join inventory.shown h on h.product_id = b.product_id
        and h.version <> b.version
    cross join lateral (
        select 'product:' || b.product_id
        union all
        select 'catalog:' || r.store_id from catalog.rendered r
        where r.product_id = b.product_id and r.fallback
        and h.args[1] <> b.args[1]
    ) as t (tag);
    perform ops.notify_drop(tags) where tags is not null;
    return tags;
end
$$;

comment on function inventory.tell is
    'every node drops what it has of products whose shown stock has changed;'
    ' gives the tags';
