create or replace function catalog.row_refusal(n bigint, state text,
        sentence text, field text)
    returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    own boolean := state ~ '^[A-Z]{2}4[0-9]{2}$';
    status int := case when own then right(state, 3)::int
                  when state = '23505' then 409
                  when left(state, 2) in ('22', '23') then 422 end;
begin
    if status is null then
        return null;
    end if;
    return jsonb_strip_nulls(jsonb_build_object(
        'index', n,
        'status', status,
        'code', case state when 'PS409' then 'sku_taken'
            when 'PU409' then 'slug_taken'
            when '23505' then 'conflict'
            else case status when 403 then 'forbidden'
                when 404 then 'not_found' when 409 then 'conflict'
                when 412 then 'precondition_failed'
                else 'invalid_input' end end,
        'detail', case when own then sentence end,
        'errors', case when coalesce(field, '') <> '' then
            jsonb_build_array(jsonb_build_object('pointer',
                format('/items/%s%s', n, field), 'detail', sentence)) end));
end
$$;

comment on function catalog.row_refusal is
    'why a row of a bulk request was refused; null: a failure that is not'
    ' the row''s';
