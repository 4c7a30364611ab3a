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
    first int;
    i int;
    country text;
    near boolean;
    rest bigint;
    piece bigint;
    size int;
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
        size := cardinality(taken);
        rest := 0;

        foreach l in array (o.quote).lines loop
            first := array_position(variants, l.variant_id);
            if free[first] >= l.quantity
                and (not near or countries[first] = country)
            then
                taken := taken || row(o.n, o.j ->> 'store', products[first],
                    variants[first], warehouses[first], l.quantity,
                    free[first] + rooms[first] - l.quantity < limits[first],
                    o.j ->> 'id', o.j ->> 'user', now() + o.hold,
                    0)::"order".taken;
                free[first] := free[first] - l.quantity;
                continue;
            end if;

            rest := l.quantity;
            -- 1: from the same country, 2: from anywhere, 3: still to come
            for pass in 1 .. 3 loop
                i := first;
                while rest > 0 and variants[i] = l.variant_id loop
                    piece := case when pass = 3 then least(rest, rooms[i])
                        when pass = 2 or countries[i] = country
                            then least(rest, free[i])
                        else 0 end;
                    if piece > 0 then
                        taken := "order".take_piece(taken, row(o.n,
                            o.j ->> 'store', products[i], variants[i],
                            warehouses[i], piece,
                            free[i] + rooms[i] - piece < limits[i],
                            o.j ->> 'id', o.j ->> 'user', now() + o.hold,
                            0)::"order".taken, pass = 3);
                        if pass = 3 then
                            rooms[i] := rooms[i] - piece;
                        else
                            free[i] := free[i] - piece;
                        end if;
                        rest := rest - piece;
                    end if;
                    i := i + 1;
                end loop;
            end loop;
            exit when rest > 0;
        end loop;

        continue when rest = 0;
        -- not all of it: what was taken goes back
        for n in size + 1 .. cardinality(taken) loop
            i := array_position(variants, (taken[n]).variant_id);
            while warehouses[i] <> (taken[n]).warehouse_id loop
                i := i + 1;
            end loop;
            free[i] := free[i] + (taken[n]).quantity;
            rooms[i] := rooms[i] + (taken[n]).later;
        end loop;
        taken := taken[:size];
    end loop;
    return taken;
end
$$;

comment on function "order".take is
    'locks the stock that a batch asks for and gives it out, first come first'
    ' served, to each order for all of its lines or for none: from warehouses'
    ' of the order''s country, from the others by position, and last what may'
    ' be promised before it is there';
