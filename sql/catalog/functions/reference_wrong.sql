create or replace function catalog.reference_wrong(type bigint, kind text,
                                                   value jsonb)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    home constant bigint := (select y.store_id from catalog.product_type y
                             where y.id = type);
    ids text[];
    found int;
begin
    if jsonb_typeof(value) = 'string' then
        value := jsonb_build_array(value);
    end if;
    if jsonb_typeof(value) = 'array' and jsonb_array_length(value) <= 50 then
        ids := array(select i #>> '{}' from jsonb_array_elements(value) as i
                     where jsonb_typeof(i) = 'string'
                     and i #>> '{}' ~ '^[0-9]{1,18}$');
        found := case kind
            when 'product' then (
                select count(*) from catalog.product p
                where p.id = any (ids::bigint[]) and p.store_id = home
                and p.deleted_at is null)
            when 'category' then (
                select count(*) from catalog.category c
                where c.id = any (ids::bigint[]) and c.store_id = home
                and not c.removed)
            else (
                select count(*) from catalog.collection c
                where c.id = any (ids::bigint[]) and c.store_id = home) end;
    end if;
    return case when found is distinct from jsonb_array_length(value)
        then format('Id of a %s of this store, or up to 50 different ones.',
                    kind) end;
exception when invalid_parameter_value then
    return format('Id of a %s of this store.', kind);
end
$$;

comment on function catalog.reference_wrong is
    'what is wrong with a value that refers to something else, or null';
