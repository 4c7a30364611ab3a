create or replace function catalog.collection_slug(store bigint, wanted text,
        name text, self bigint)
    returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    chosen text := catalog.slug_wished('collection', wanted, name, self);
begin
    -- two of the same name at the same time: the second sees the first
    perform pg_advisory_xact_lock(hashtextextended('collection/' || chosen,
                                                   store));
    if exists (select from catalog.collection c where c.store_id = store
               and c.slug = chosen and c.id <> self)
    then
        if wanted is not null then
            perform api.fail('PU409', 'Another collection has this slug.');
        end if;
        chosen := chosen || '-' || self;
    end if;
    return chosen;
end
$$;

comment on function catalog.collection_slug is
    'the wanted slug, checked, or one made of the name';
