create or replace function search.facet_parts(items search.facet_item[])
    returns search.facet_part[]
    language plpgsql stable
as $$
begin
    if cardinality(items) > 400 then
        items := search.frequent(items, 400);
    end if;
    return array(
        select row(i.facet, min(i.name), sum(i.products),
                   string_agg(concat('{"value" : ', to_json(i.value),
                       ', "count" : ', i.products, '}'), ', '
                       order by i.place, i.value))::search.facet_part
        from search.facet_values(items) as i
        group by i.facet);
end
$$;

comment on function search.facet_parts is
    'facets of attributes as answers hold them, each by itself; of very many'
    ' values those that most products have';
