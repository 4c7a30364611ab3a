create or replace function catalog.attributes_wrong(type bigint,
                                                    attributes jsonb)
    returns table (code text, detail text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select a.code, a.wrong
    from (
        select coalesce(x.code, g.key) as code, x.position,
               case when x.kind is null then 'The type has no such attribute.'
                    when g.value is null or g.value = 'null' then
                        case when x.required
                             then 'Products of this type need it.' end
                    when x.kind = 'reference' then
                        catalog.reference_wrong(type, x.refers_to, g.value)
                    else catalog.attribute_wrong(x.kind, g.value, x.choices,
                                                 x.low, x.high) end as wrong
        from (select * from catalog.attribute k where k.type_id = type) as x
        full join jsonb_each(attributes) as g (key, value) on g.key = x.code
    ) as a
    where a.wrong is not null
    order by a.position, a.code
$$;

comment on function catalog.attributes_wrong is
    'what is wrong with the attributes of a product of a type, in the type''s'
    ' order';
