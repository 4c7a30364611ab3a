-- A read that names no currency finds its row without looking at the store.

alter table catalog.rendered add column fallback boolean not null default false;

update catalog.rendered r set fallback = true
from store.store s
where s.id = r.store_id and s.currency = r.currency;

comment on column catalog.rendered.fallback is
    'currency is the store''s own';
