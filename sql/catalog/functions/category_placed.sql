create or replace function catalog.category_placed()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    above bigint[] := '{}';
begin
    if new.parent_id is not null then
        select c.path into above from catalog.category c
            where c.id = new.parent_id and (new.removed or not c.removed)
            for share;
        if not found then
            perform api.fail('PR422', 'There is no such category.',
                             '/parent_id');
        end if;
        if new.id = any (above) then
            perform api.fail('PR422',
                'A category cannot be below itself.', '/parent_id');
        end if;
        if cardinality(above) >= 10 then
            perform api.fail('PR422',
                'Categories go ten levels deep.', '/parent_id');
        end if;
    end if;
    new.path := above || new.id;
    return new;
end
$$;

comment on function catalog.category_placed is
    'trigger: keeps the path of a category';

create or replace trigger category_placed
    before insert or update of parent_id on catalog.category
    for each row execute function catalog.category_placed();
