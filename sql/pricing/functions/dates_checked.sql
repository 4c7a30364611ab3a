create or replace function pricing.dates_checked(p_starts timestamptz,
        p_ends timestamptz)
    returns void
    language plpgsql stable
as $$
begin
    if p_starts >= p_ends then
        perform api.fail('PG422', 'must be later than starts_at', '/ends_at');
    end if;
end
$$;

comment on function pricing.dates_checked is
    'refuses what would end before it starts';
