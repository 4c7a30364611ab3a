-- Facets of a category as they are rendered, each by itself: what could be
-- chosen beside a choice in it.

create type search.facet_part as (
    facet   text,       -- "color"
    name    text,       -- as people read it
    total   bigint,
    list    text        -- its values as JSON
);

comment on type search.facet_part is 'a facet of attributes, rendered';

-- null: not rendered yet (search/refresh.sql)
alter table search.facet
    add column parts search.facet_part[];

comment on column search.facet.parts is
    'each facet of attributes in body; none where body has not all values';

do $$
begin
    alter table search.facet alter column body set compression lz4;
    alter table search.facet alter column parts set compression lz4;
exception when feature_not_supported then
    raise notice 'PostgreSQL was built without lz4';
end
$$;
