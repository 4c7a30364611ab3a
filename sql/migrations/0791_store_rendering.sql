-- Stores whose currencies or languages changed are rendered in steps, too.

alter table catalog.rendering
    add column store_id bigint,
    drop constraint rendering_check,
    add check (num_nonnulls(category_id, type_id, store_id) = 1);

comment on table catalog.rendering is
    'products behind a place that still show a category (with all below it),'
    ' a type or a store as it was, or are still in a category that was removed';
