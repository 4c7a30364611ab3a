create or replace function recommendation.clean(batch integer)
    returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    n integer;
begin
    delete from recommendation.pair p
    using (select o.product_id, o.other_id from recommendation.pair o
           where o.last_at < now() - interval '1 year'
           order by o.last_at limit batch
           for update skip locked) as old
    where p.product_id = old.product_id and p.other_id = old.other_id;
    get diagnostics n = row_count;
    return n;
end
$$;

comment on function recommendation.clean is
    'forgets pairs that nobody has bought for a year; the worker''s';
