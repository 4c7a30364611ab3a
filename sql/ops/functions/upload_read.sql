create or replace function ops.upload_read(job uuid, lease uuid, place bigint)
    returns table (start bigint, data text, size bigint)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select p.start, p.data, j.size
    from ops.job j
    join ops.upload_part p on p.upload_id = j.upload_id
    where j.id = job and j.lease = upload_read.lease
    and p.start <= upload_read.place
    order by p.start desc limit 1
$$;

comment on function ops.upload_read is
    'the part of a job''s upload that holds a place; none: it is not this'
    ' worker''s any more';
