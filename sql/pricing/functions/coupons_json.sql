create or replace function pricing.coupons_json(p_ones pricing.candidate[])
    returns text
    language plpgsql stable
as $$
begin
    return (
        select string_agg(format('{"code":%s,"applied":%s,"reason":%s}',
                   to_json(c.code), case when c.reason is null then 'true'
                                    else 'false' end,
                   coalesce(to_json(c.reason), 'null')), ',' order by c.n)
        from (select u.code, u.reason, u.ordinality as n
              from unnest(p_ones) with ordinality as u) as c
        where c.code is not null);
end
$$;

comment on function pricing.coupons_json is
    'the coupons of a cart with why some take nothing off';
