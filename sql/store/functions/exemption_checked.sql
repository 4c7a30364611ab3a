create or replace function store.exemption_checked(e store.tax_exemption)
    returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (select from identity.account a where a.id = e.user_id) then
        perform api.fail('SO422', 'There is no such account.', '/user_id');
    elsif e.valid_until <= e.valid_from then
        perform api.fail('SO422', 'must be later than valid_from',
                         '/valid_until');
    end if;
end
$$;

comment on function store.exemption_checked is
    'refuses an exemption of nobody, or for no time';
