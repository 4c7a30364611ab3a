create or replace function catalog.check_swatches(kind text, a jsonb,
                                                  field text)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    swatches constant jsonb := nullif(a -> 'swatches', 'null');
    wrong record;
begin
    if swatches is null then
        return;
    end if;
    if kind <> 'swatch' then
        perform api.fail('PR422', 'Only a swatch has them.', field);
    end if;
    select s.key, a -> 'choices' ? s.key as chosen into wrong
        from jsonb_each(swatches) as s
        where not a -> 'choices' ? s.key
        or jsonb_typeof(s.value) <> 'string'
        or s.value #>> '{}' !~ '^(#[0-9a-fA-F]{6}|/media/[!-~]{1,200})$'
        order by s.key limit 1;
    if found then
        perform api.fail('PR422', case when wrong.chosen
            then 'A colour, as #d00000, or the address of a picture.'
            else 'There is no such choice.' end, field || '/' || replace(
                replace(wrong.key, '~', '~0'), '/', '~1'));
    end if;
end
$$;

comment on function catalog.check_swatches is
    'refuses swatches that are no colours or pictures of choices';
