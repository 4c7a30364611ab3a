create or replace function page.products(store bigint, q text default null,
        category text default null, low bigint default null,
        high bigint default null, stocked boolean default null,
        filters jsonb default null, sort text default null,
        size int default 24, after text default null)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select l.body from search.list(store, null, category, q, low, high,
                                       stocked, filters, sort, size, after) as l
    );
end
$$;

comment on function page.products is
    'products as GET /products lists them, in the store''s own currency';
