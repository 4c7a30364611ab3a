create or replace function catalog.category_slug(store bigint, wanted text,
        name text, self bigint)
    returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    chosen text := catalog.slug_wished('category', wanted, name, self);
begin
    -- two of the same name at the same time: the second sees the first
    perform pg_advisory_xact_lock(hashtextextended(chosen, store));
    if exists (select from catalog.category c where c.store_id = store
               and c.slug = chosen and c.id <> self
               and not c.removed)
    then
        if wanted is not null then
            perform api.fail('PU409', 'Another category has this slug.');
        end if;
        chosen := chosen || '-' || self;
    end if;
    return chosen;
end
$$;

comment on function catalog.category_slug is
    'the wanted slug, checked, or one made of the name';
