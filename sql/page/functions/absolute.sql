create or replace function page.absolute(base text, url text)
    returns text
    language sql immutable
as $$
    select case when url ~ '^/' and url !~ '^//' then base || url else url end
$$;

comment on function page.absolute is 'a URL of the shop with scheme and host';
