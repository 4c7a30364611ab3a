-- A category of more products than one transaction should hold stays until
-- all of them have gone up; nobody finds it any more, and its slug is free.

alter table catalog.category
    add column removed boolean not null default false,
    drop constraint category_store_id_slug_key;

create unique index category_slug on catalog.category (store_id, slug)
    where not removed;

comment on column catalog.category.removed is
    'its products go up, step by step (catalog.rendering); it goes with the'
    ' last of them';

comment on table catalog.rendering is
    'products behind a place that still show a category (with all below it)'
    ' or a type as it was, or are still in a category that was removed';
