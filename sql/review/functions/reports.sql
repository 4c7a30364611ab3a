create or replace function review.reports(store bigint, id bigint, actor uuid,
        manager boolean, size int, after text)
    returns table (body text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    place bigint := review.place_of(after);
begin
    if review.visible(store, id, actor, true, manager) is distinct from 'staff'
    then
        perform api.fail('RV404', 'There is no such review.');
    end if;
    return query
    with page as (
        select t as row, row_number() over (order by t.id desc) as n
        from review.report t
        where t.review_id = reports.id and t.id < place
        order by t.id desc limit size + 1
    )
    select json_build_object(
        'items', coalesce(json_agg(review.report_body(p.row)
            || jsonb_build_object('user_id', (p.row).user_id,
                                  'resolved_by', (p.row).resolved_by)
            order by n) filter (where n <= size), '[]'),
        'next_cursor', case when count(*) > size then api.cursor_encode(
            (min((p.row).id) filter (where n <= size))::text) end)::text
    from page p;
end
$$;

comment on function review.reports is
    'GET /reviews/{id}/reports: complaints, the newest first';
