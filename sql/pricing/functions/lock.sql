create or replace function pricing.lock(p_items jsonb[])
    returns int[]
    language plpgsql volatile
as $$
declare
    j jsonb;
    stores bigint[] := '{}';
    limited bigint[];
    shared boolean := false;
    keys text[];
    taken text[] := '{}';
    wanted text[] := '{}';
    round int := 1;
    rounds int[];
begin
    foreach j in array p_items loop
        shared := shared or j ?| '{coupons,gifts}';
        if (j ->> 'store')::bigint <> all (stores) then
            stores := stores || (j ->> 'store')::bigint;
        end if;
    end loop;
    limited := array(select unnest(a.limited) from pricing.active a
                     where a.store_id = any (stores));
    if not shared and limited = '{}' then
        return null;
    end if;

    for n in 1 .. cardinality(p_items) loop
        keys := pricing.keys_of(p_items[n]);
        if keys && taken then
            round := round + 1;
            taken := '{}';
        end if;
        taken := taken || keys;
        wanted := wanted || keys;
        rounds[n] := round;
    end loop;

    perform from pricing.coupon k
    where k.id in (select substr(w, 2)::bigint from unnest(wanted) as w
                   where left(w, 1) = 'c')
    order by k.id for no key update;
    perform from pricing.promotion_use u
    where u.promotion_id in (select substr(w, 2)::bigint
                             from unnest(wanted) as w where left(w, 1) = 'p')
    order by u.promotion_id for no key update;
    perform from pricing.gift_card g
    where g.id in (select substr(w, 2)::uuid from unnest(wanted) as w
                   where left(w, 1) = 'g')
    order by g.id for no key update;
    return rounds;
end
$$;

comment on function pricing.lock is
    'locks the coupons, promotions with limits and gift cards of a batch of'
    ' orders, and tells in which round each is placed: orders that share one'
    ' are in different rounds; null: there is none';
