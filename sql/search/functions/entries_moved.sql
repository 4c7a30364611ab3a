create or replace function search.entries_moved()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = on
as $$
declare
    moves search.facet_move[];
begin
    if tg_op = 'UPDATE' then
        -- a product that was sold out or filled up moves no count
        moves := array(
            select row(d.store_id, c, d.currency, t.token, max(t.label),
                       sum(d.n))::search.facet_move
            from (select n.store_id, n.currency, v.category_path, v.tokens,
                         v.labels, v.n
                  from old_rows o
                  join new_rows n on n.product_id = o.product_id
                      and n.store_id = o.store_id and n.currency = o.currency
                  cross join lateral (
                      values (n.category_path, n.tokens, n.labels, 1),
                             (o.category_path, o.tokens, o.labels, -1))
                      as v (category_path, tokens, labels, n)
                  where n.category_path <> o.category_path
                  or n.tokens <> o.tokens or n.labels <> o.labels) as d,
                 unnest(0 || d.category_path) as c,
                 unnest(''::text || d.tokens, ''::text || d.labels)
                     as t (token, label)
            group by d.store_id, c, d.currency, t.token
            having sum(d.n) <> 0);
    else
        moves := array(
            select row(r.store_id, c, r.currency, t.token, max(t.label),
                       case when tg_op = 'INSERT' then sum(r.n)
                            else -sum(r.n) end)::search.facet_move
            from (
                -- many have the same
                select e.store_id, e.category_path, e.currency, e.tokens,
                       e.labels, count(*) as n
                from rows e
                group by 1, 2, 3, 4, 5) as r,
                 unnest(0 || r.category_path) as c,
                 unnest(''::text || r.tokens, ''::text || r.labels)
                     as t (token, label)
            group by r.store_id, c, r.currency, t.token);
    end if;
    if moves <> '{}' then
        perform search.count_facets(moves);
    end if;
    return null;
end
$$;

comment on function search.entries_moved is
    'trigger: keeps the facets of categories in step with their products';

create or replace trigger entries_added
    after insert on search.entry referencing new table as rows
    for each statement execute function search.entries_moved();

create or replace trigger entries_changed
    after update on search.entry
    referencing old table as old_rows new table as new_rows
    for each statement execute function search.entries_moved();

create or replace trigger entries_removed
    after delete on search.entry referencing old table as rows
    for each statement execute function search.entries_moved();
