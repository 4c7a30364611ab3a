create or replace function catalog.localized_chosen(chosen jsonb, words jsonb)
    returns jsonb
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(jsonb_object_agg(
                   coalesce(words -> 'options' ->> c.key, c.key),
                   coalesce(words -> 'values' ->> c.value, c.value)), '{}')
        from jsonb_each_text(chosen) as c
    );
end
$$;

comment on function catalog.localized_chosen is
    'what a variant has chosen, in translated words';
