create or replace function search.number_ranges(given jsonb)
    returns table (low numeric, high numeric, exact boolean)
    language sql stable
as $$
    select nullif(m[1], '')::numeric,
           case when m[2] = '' then m[1]::numeric
                else nullif(m[3], '')::numeric end,
           m[2] = ''
    from jsonb_array_elements_text(given) as v
    cross join regexp_match(v, '^(-?[0-9]{0,15}(?:[.][0-9]{1,9})?)(([.]{2}'
        '(-?[0-9]{0,15}(?:[.][0-9]{1,9})?))?)$') as r (n)
    cross join lateral (
        select array[n[1], n[2], n[4]] as m) as x
    where n is not null and m[1] <> '-' and coalesce(m[3], '') <> '-'
    and (m[1] <> '' or m[2] <> '')
$$;

comment on function search.number_ranges is
    '"7" and "1.5..20", "..3" of a filter';
