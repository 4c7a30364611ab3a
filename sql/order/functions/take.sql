create or replace function "order".take(p_orders "order".placing[])
    returns "order".taken[]
    language plpgsql volatile
as $$
declare
    wanted bigint[] := '{}';
    variants bigint[];
    warehouses bigint[];
    products bigint[];
    countries text[];
    free bigint[];
    rooms bigint[];
    limits int[];
    o "order".placing;
    l cart.line;
    i int;
    pass int;
    country text;
    near boolean;
    rest bigint;
    piece bigint;
    had bigint[];
    roomy bigint[];
    size int;
    t "order".taken;
    taken "order".taken[] := '{}';
begin
    foreach o in array p_orders loop
        continue when o.refusal is not null;
        foreach l in array (o.quote).lines loop
            wanted := wanted || l.variant_id;
        end loop;
    end loop;
    if cardinality(wanted) = 0 then
        return taken;
    end if;

    -- the lock order of all who change stock: variant, warehouse
    select array_agg(k.variant_id), array_agg(k.warehouse_id),
           array_agg(k.product_id), array_agg(k.country),
           array_agg(k.on_hand - k.reserved),
           array_agg(greatest(k.backorder_limit - k.backordered, 0)),
           array_agg(k.display_limit)
    into variants, warehouses, products, countries, free, rooms, limits
    from (select k.*, w.country
          from (select * from inventory.stock k
                where k.variant_id = any (wanted) and k.for_sale
                order by k.variant_id, k.warehouse_id for no key update) as k
          join inventory.warehouse w on w.id = k.warehouse_id
          order by k.variant_id, w.position, w.id) as k;

    foreach o in array p_orders loop
        continue when o.refusal is not null;
        country := o.j -> 'shipping_address' ->> 'country';
        near := coalesce(country = any (countries), false);
        had := free;
        roomy := rooms;
        size := cardinality(taken);

        foreach l in array (o.quote).lines loop
            rest := l.quantity;
            pass := case when near then 1 else 2 end;
            -- 1: from the same country, 2: from anywhere, 3: still to come
            while rest > 0 and pass <= 3 loop
                i := array_position(variants, l.variant_id);
                while rest > 0 and variants[i] = l.variant_id loop
                    piece := case when pass = 3 then least(rest, rooms[i])
                        when pass = 2 or countries[i] = country
                            then least(rest, free[i])
                        else 0 end;
                    if piece > 0 then
                        t := row(o.n, o.j ->> 'store', products[i],
                            variants[i], warehouses[i], piece,
                            free[i] + rooms[i] - piece < limits[i],
                            o.j ->> 'id', o.j ->> 'user', now() + o.hold,
                            0)::"order".taken;
                        if pass = 3 then
                            taken := "order".take_later(taken, t);
                            rooms[i] := rooms[i] - piece;
                        else
                            taken := taken || t;
                            free[i] := free[i] - piece;
                        end if;
                        rest := rest - piece;
                    end if;
                    i := i + 1;
                end loop;
                pass := pass + 1;
            end loop;
            exit when rest > 0;
        end loop;

        if rest > 0 then
            free := had;
            rooms := roomy;
            taken := taken[:size];
        end if;
    end loop;
    return taken;
end
$$;

comment on function "order".take is
    'locks the stock that a batch asks for and gives it out, first come first'
    ' served, to each order for all of its lines or for none: from warehouses of'
    ' the order''s country, from the others by position, and last what may be'
    ' promised before it is there';
