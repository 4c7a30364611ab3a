create or replace function catalog.localized_cards(cards text[], locale text)
    returns text[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select case when p.translations -> locale ? 'name'
                    or c.translations -> locale ? 'name'
            then (i.j || jsonb_build_object(
                'name', coalesce(p.translations -> locale -> 'name',
                                 i.j -> 'name'),
                'category', case when c.translations -> locale ? 'name'
                    then i.j -> 'category' || jsonb_build_object('name',
                        c.translations -> locale -> 'name')
                    else i.j -> 'category' end))::text
            else i.card end
        from (select u.card, u.card::jsonb as j, u.n
              from unnest(cards) with ordinality as u (card, n)) as i
        left join catalog.product p on p.id = (i.j ->> 'id')::bigint
        left join catalog.category c
            on c.id = (i.j -> 'category' ->> 'id')::bigint
        order by i.n
    );
end
$$;

comment on function catalog.localized_cards is
    'items of a list in another language of the store';
