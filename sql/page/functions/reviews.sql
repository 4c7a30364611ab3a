create or replace function page.reviews(store bigint, product text)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return (
        select l.body from review.list(store, product, 6, null) as l
    );
end
$$;

comment on function page.reviews is 'the latest reviews of a product';
