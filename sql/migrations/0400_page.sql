-- What the gateway needs to serve a page, in one row.

create type page.answer as (
    page         text,
    status       int,
    title        text,
    description  text,
    path         text,
    image        text,
    robots       text,
    ld           json,
    theme        text,
    data         text,
    location     text
);

comment on type page.answer is
    'page: the template; path: the canonical one; image: of the main thing;'
    ' ld: JSON-LD; theme: hash of the store''s sheet; data: JSON for the'
    ' scripts; location: of a redirect';

create table page.theme (
    store_id  bigint primary key references store.store on delete cascade,
    hash      text not null,
    css       text not null
);

comment on table page.theme is
    'the sheet of a store''s theme, kept by a trigger on store.store';
