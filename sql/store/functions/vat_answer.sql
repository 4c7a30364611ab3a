create or replace function store.vat_answer(p_body text)
    returns jsonb
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if jsonb_typeof(p_body::jsonb) = 'object' then
        return p_body::jsonb;
    end if;
    return null;
exception when data_exception then
    return null;
end
$$;

comment on function store.vat_answer is
    'the registry''s answer, null when it is none';
