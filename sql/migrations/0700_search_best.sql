-- Suggestions look at the best sellers, which have an index of their own, and
-- at names that begin with what was typed.

alter table search.fact
    add column best boolean not null default false,
    add column start text not null default '';

alter table search.fact alter column start set storage main;

comment on column search.fact.best is
    'whether it is among the best sellers of its store: search.mark_best()';
comment on column search.fact.start is
    'the beginning of its name, as search.normal() makes it';

-- rows that there are already, without their long index in the way
do $$
begin
    if not exists (select from search.fact) then
        return;
    end if;
    drop index search.fact_found, search.fact_sold;
    alter table search.fact disable trigger user;
    update search.fact f
    set start = left(search.normal(p.name), 60),
        best = k.id is not null and f.keys operator(search.@>) array[k.id],
        keys = case when k.id is null then f.keys
                    else f.keys operator(search.-) k.id end
    from catalog.product p, store.store s
    left join search.key k on k.store_id = s.id and k.token = '^'
    where p.id = f.product_id and s.id = f.store_id;
    alter table search.fact enable trigger user;
    create index fact_found on search.fact
        using gin (words, keys search.gin__int_ops)
        with (fastupdate = on, gin_pending_list_limit = 256);
    create index fact_sold on search.fact
        (store_id, sold desc, product_id desc);
end
$$;

delete from search.key where token = '^';

create index fact_best on search.fact using gin (words)
    with (fastupdate = on, gin_pending_list_limit = 64) where best;
create index fact_start on search.fact (store_id, start text_pattern_ops);
create index key_label on search.key using gin (label search.gin_trgm_ops)
    where token like '/%';

comment on column search.sale.best is
    'whether it is among the best sellers of a store';

alter type search.ask
    add attribute best boolean;    -- only among the best sellers
