create or replace function catalog.csv_line(cells text[])
    returns text
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(string_agg(case
               -- no spreadsheet may take what a seller wrote for a formula
               when c.cell ~ '^''*[=+@\t\r-]' and c.cell !~ '^-([0-9]+)?$'
               then '"''' || replace(c.cell, '"', '""') || '"'
               when c.cell ~ '[",\r\n]|^\s|\s$'
               then '"' || replace(c.cell, '"', '""') || '"'
               else c.cell end, ',' order by c.n), '') || e'\r\n'
    from (select coalesce(u.cell, '') as cell, u.n
          from unnest(cells) with ordinality as u (cell, n)) as c
$$;

comment on function catalog.csv_line is
    'a line of CSV (RFC 4180); a cell that looks like a formula begins with'
    ' an apostrophe, which an import takes off';
