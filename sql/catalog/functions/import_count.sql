create or replace function catalog.import_count(cell text)
    returns boolean
    language sql immutable
as $$
    select case when cell ~ '^[0-9]{1,7}$'
           then cell::int between 1 and 1000000 else false end
$$;

comment on function catalog.import_count is
    'whether a cell is a number of pieces that an order may be limited to';
