create or replace function search.put_keys(products bigint[])
    returns void
    language plpgsql volatile
as $$
begin
    -- in order, so that two writers never wait for each other in a circle
    insert into search.key (store_id, token, label)
    select t.store_id, t.token, coalesce((
               select search.category_label(c) from catalog.category c
               where t.token ~ '^/[0-9]+$'
               and c.id = substr(t.token, 2)::bigint),
               t.label)
    from (select f.store_id, f.token, min(f.label) as label
          from search.fact_tokens(products) as f
          group by 1, 2
          offset 0) as t
    where not exists (select from search.key k
                      where k.store_id = t.store_id and k.token = t.token)
    order by 1, 2
    on conflict (store_id, token) do nothing;
end
$$;

comment on function search.put_keys is
    'gives numbers to tokens that have none yet';
