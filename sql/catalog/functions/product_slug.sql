create or replace function catalog.product_slug(store bigint, wanted text,
        name text, self bigint)
    returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    chosen text := catalog.slug_wished('product', wanted, name, self);
begin
    if chosen in ('bulk', 'manage', 'search', 'suggest') then
        if wanted is not null then
            perform api.fail('PR422', 'This word has a meaning of its own'
                             ' here.', '/slug');
        end if;
        chosen := chosen || '-' || self;
    end if;
    -- two of the same name at the same time: the second sees the first
    perform pg_advisory_xact_lock(hashtextextended(chosen, store));
    if exists (select from catalog.product p where p.store_id = store
               and p.slug = chosen and p.deleted_at is null and p.id <> self)
    then
        if wanted is not null then
            perform api.fail('PU409', 'Another product has this slug.');
        end if;
        chosen := chosen || '-' || self;
    end if;
    return chosen;
end
$$;

comment on function catalog.product_slug is
    'the wanted slug, checked, or one made of the name';
