-- What is still to be rendered for a category or a type that changed: more
-- products than one transaction should hold.

create table catalog.rendering (
    id           bigint generated always as identity primary key,
    category_id  bigint,
    type_id      bigint,
    place        bigint not null,
    check (num_nonnulls(category_id, type_id) = 1)
);

comment on table catalog.rendering is
    'products behind a place that still show a category (with all below it)'
    ' or a type as it was; one that is removed meanwhile has none left';
