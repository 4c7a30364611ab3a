create or replace function catalog.import_dates(product catalog.product,
        d jsonb)
    returns table (status text, begins timestamptz, ends timestamptz)
    language sql stable
as $$
    select s.status,
           case when d ? 'publish_at'
                then catalog.import_time(d ->> 'publish_at')
                when s.status = 'draft' then product.publish_at end,
           case when d ? 'unpublish_at'
                then catalog.import_time(d ->> 'unpublish_at')
                else product.unpublish_at end
    from (select coalesce(d ->> 'status', product.status, case
              when coalesce(d ->> 'publish_at', '-') = '-' then 'published'
              else 'draft' end)) as s (status)
$$;

comment on function catalog.import_dates is
    'the status and dates of a product after its rows';
