create or replace function "order".take(p_orders "order".placing[])
    returns "order".taken[]
    language plpgsql volatile
as $$
declare
    wanted bigint[] := '{}';
    variants bigint[];
    warehouses bigint[];
    products bigint[];
    free bigint[];
    limits int[];
    o "order".placing;
    l cart.line;
    i int;
    rest bigint;
    piece bigint;
    fits boolean;
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
           array_agg(k.product_id), array_agg(k.on_hand - k.reserved),
           array_agg(k.display_limit)
    into variants, warehouses, products, free, limits
    from (select k.*
          from (select * from inventory.stock k
                where k.variant_id = any (wanted) and k.for_sale
                order by k.variant_id, k.warehouse_id for no key update) as k
          join inventory.warehouse w on w.id = k.warehouse_id
          order by k.variant_id, w.position, w.id) as k;

    foreach o in array p_orders loop
        continue when o.refusal is not null;
        fits := true;
        foreach l in array (o.quote).lines loop
            i := array_position(variants, l.variant_id);
            rest := l.quantity;
            while rest > 0 and variants[i] = l.variant_id loop
                rest := rest - free[i];
                i := i + 1;
            end loop;
            fits := fits and rest <= 0;
        end loop;
        continue when not fits;
        foreach l in array (o.quote).lines loop
            i := array_position(variants, l.variant_id);
            rest := l.quantity;
            while rest > 0 loop
                piece := least(rest, free[i]);
                if piece > 0 then
                    taken := taken || row(o.n, o.j ->> 'store', products[i],
                        variants[i], warehouses[i], piece,
                        free[i] - piece < limits[i], o.j ->> 'id',
                        o.j ->> 'user', now() + o.hold)::"order".taken;
                    free[i] := free[i] - piece;
                    rest := rest - piece;
                end if;
                i := i + 1;
            end loop;
        end loop;
    end loop;
    return taken;
end
$$;

comment on function "order".take is
    'locks the stock that a batch asks for and gives it out, first come first'
    ' served, to each order for all of its lines or for none';
