create or replace function ops.note(note jsonb)
    returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if note ? 'missed' then
        perform search.missed((note ->> 'store')::bigint, note ->> 'missed');
    end if;
end
$$;

comment on function ops.note is
    'writes down what a read has left in its column "note": a query that'
    ' found nothing';
