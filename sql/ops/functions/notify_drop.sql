create or replace function ops.notify_drop(tags text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    perform pg_notify('shop_node', 'drop ' || piece)
    from (select string_agg(tag, ' ') as piece
          from (select tag, row_number() over () as n
                from (select distinct unnest(string_to_array(tags, ' ')) as tag)
                    as d where tag <> '') as t
          group by n / 200) as pieces;
end
$$;

comment on function ops.notify_drop is
    'every node drops cached answers with one of the tags (separated by a'
    ' space); never called while an order is placed';
