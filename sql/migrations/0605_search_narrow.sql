-- Facts that fit into a page by the dozen.  PostgreSQL moves columns out of a
-- row only if the row is longer than 2 kB: "fill" makes it so, and is some
-- forty bytes once it is compressed, while words and vocabulary go where only
-- the index and its upkeep look.

insert into search.key (store_id, token, label)
select distinct e.store_id, e.currency || t, ''
from search.entry e, unnest(e.tokens) as t
where t like '$%'
order by 1, 2
on conflict (store_id, token) do nothing;

insert into search.key (store_id, token, label)
select distinct f.store_id, '!', '' from search.fact f
order by 1
on conflict (store_id, token) do nothing;

alter table search.sale
    add column best boolean not null default false;

create index sale_best on search.sale (product_id) where best;

comment on column search.sale.best is
    'whether it is among the best sellers of a store, which have the key ^';

create table search.fact_narrow (
    product_id  bigint not null,
    store_id    bigint not null,
    newest      bigint not null,
    rating      int not null,
    sold        int not null default 0,
    in_stock    boolean not null,
    path        int[] not null,      -- its categories from the root, as keys
    shown       int[] not null,      -- what facets count
    prices      bigint[] not null,   -- by the store's currencies; null: none
    keys        int[] not null,      -- what it is found by
    head        tsvector not null,   -- name, category, tags, attributes
    numbers     jsonb,
    words       tsvector not null,   -- head and the description
    vocabulary  text[] not null,     -- the same as they are written
    fill        text not null default repeat(' ', 2040)
) with (fillfactor = 90, toast_tuple_target = 600);

alter table search.fact_narrow
    alter column path set storage main,
    alter column shown set storage main,
    alter column prices set storage main,
    alter column keys set storage main,
    alter column head set storage main,
    alter column numbers set storage main,
    alter column words set storage external,
    alter column vocabulary set storage external;

insert into search.fact_narrow (product_id, store_id, newest, rating, sold,
    in_stock, path, shown, prices, keys, head, numbers, words, vocabulary)
select f.product_id, f.store_id, f.newest, f.rating, f.sold, f.in_stock,
       array(select k.id
             from unnest(e.path) with ordinality as c (id, n)
             join search.key k on k.store_id = f.store_id
                 and k.token = '/' || c.id
             order by c.n),
       f.shown || array(
             select k.id from search.entry o
             cross join lateral unnest(o.tokens) as t
             join search.key k on k.store_id = o.store_id
                 and k.token = o.currency || t
             where o.product_id = f.product_id and o.store_id = f.store_id
             and t like '$%' order by k.id),
       f.prices, case when f.in_stock then f.keys
                      else search.sort(f.keys operator(search.+) k.id) end,
       f.head, f.numbers, f.words, f.vocabulary
from search.fact f
join search.key k on k.store_id = f.store_id and k.token = '!'
cross join lateral (
    select o.category_path as path from search.entry o
    where o.product_id = f.product_id and o.store_id = f.store_id
    order by o.currency limit 1) as e
order by f.product_id, f.store_id;

drop table search.fact;
alter table search.fact_narrow rename to fact;
alter table search.fact
    add constraint fact_pkey primary key (product_id, store_id),
    add constraint fact_product_id_fkey foreign key (product_id)
        references catalog.product on delete cascade;

-- what is pending is short, so that reads are not slowed by writes
create index fact_found on search.fact
    using gin (words, keys search.gin__int_ops)
    with (fastupdate = on, gin_pending_list_limit = 256);
create index fact_sold on search.fact
    (store_id, sold desc, product_id desc);

comment on table search.fact is
    'one row a published product and store that shows it';
comment on column search.fact.sold is
    'pieces that were paid for, on a scale: search.scale()';
comment on column search.fact.fill is
    'nothing: makes a row so long that its words are moved out of it';

-- a new table has no triggers yet
do $$
begin
    if to_regproc('search.facts_moved') is not null then
        create trigger facts_added
            after insert on search.fact referencing new table as new_rows
            for each statement execute function search.facts_moved();
        create trigger facts_changed
            after update on search.fact
            referencing old table as old_rows new table as new_rows
            for each statement execute function search.facts_moved();
        create trigger facts_removed
            after delete on search.fact referencing old table as old_rows
            for each statement execute function search.facts_moved();
    end if;
end
$$;

alter type search.ask
    add attribute level int,       -- of the categories below the one asked
    add attribute most int;        -- candidates that are ranked
