-- Members of a large collection that is published, hidden or removed are
-- indexed in steps, too: each step is a row.

alter table catalog.rendering
    add column products bigint[],
    drop constraint rendering_check,
    add check (num_nonnulls(category_id, type_id, store_id, products) = 1);

comment on column catalog.rendering.products is
    'products whose collections changed, to be indexed in one step';
