create or replace function catalog.slug_wished(kind text, wanted text,
        name text, self bigint)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    chosen text := coalesce(wanted, catalog.slug_of(name));
begin
    if wanted is null and chosen !~ '[a-z]' then
        chosen := kind || '-' || self;
    end if;
    if chosen !~ '^[a-z0-9]+(-[a-z0-9]+)*$' or chosen !~ '[a-z]' then
        perform api.fail('PR422', 'Lower-case letters, digits and single'
            ' hyphens, with at least one letter.', '/slug');
    end if;
    return chosen;
end
$$;

comment on function catalog.slug_wished is
    'the wanted slug, or one made of the name: its form is right, whether it is'
    ' free is not known yet';
