create or replace function cart.relief(p_store bigint, p_country text,
        p_user uuid, p_vat_id text)
    returns text
    language plpgsql stable
as $$
declare
    s record;
    id text := store.vat_normal(p_vat_id);
begin
    if p_user is not null and exists (
        select from store.tax_exemption e
        where e.store_id = p_store and e.user_id = p_user
            and (e.countries is null or coalesce(p_country, (
                    select t.countries[1] from store.store t
                    where t.id = p_store)) = any (e.countries))
            and (e.valid_from is null or e.valid_from <= now())
            and (e.valid_until is null or e.valid_until > now()))
    then
        return 'Exempt';
    end if;
    if id is null then
        return null;
    end if;
    select t.vat_check, coalesce(t.tax_country, t.countries[1]) as home,
           coalesce(p_country, t.countries[1]) as country
    into s from store.store t where t.id = p_store;
    return case when s.vat_check <> 'off' and s.country <> s.home
        and store.eu_vat(s.country) and store.eu_vat(s.home)
        and store.vat_country(id) <> s.home
        and store.vat_valid(id)
        and (s.vat_check = 'format' or exists (
            select from store.vat_id v
            where v.vat_id = id and v.state = 'valid'))
        then 'Reverse charge' end;
end
$$;

comment on function cart.relief is
    'why a cart pays no tax: its customer is exempt there, or a business of'
    ' another country of the European Union, which pays it itself; null: it'
    ' pays';
