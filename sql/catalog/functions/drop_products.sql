drop function if exists catalog.drop_products(bigint[]);

create or replace function catalog.drop_products(products bigint[],
                                                 made boolean default false)
    returns void
    language plpgsql volatile
as $$
declare
    tags text;
begin
    select string_agg(t.tag, ' ') into tags
    from (select 'product:' || u as tag from unnest(products) as u
          where not made
          union all
          select distinct 'catalog:' || p.store_id from catalog.product p
          where p.id = any (products)) as t;
    perform ops.notify_drop(tags);
end
$$;

comment on function catalog.drop_products is
    'every node drops what it has of products, and the lists of their stores;'
    ' made: they are new, so that no node has anything of them';
