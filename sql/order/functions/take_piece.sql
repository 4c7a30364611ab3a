drop function if exists "order".take_later("order".taken[], "order".taken);

create or replace function "order".take_piece(p_taken "order".taken[],
        p_piece "order".taken, p_later boolean)
    returns "order".taken[]
    language plpgsql immutable
as $$
declare
    n int := cardinality(p_taken);
    t "order".taken;
begin
    if not p_later then
        return p_taken || p_piece;
    end if;

    -- beside what the order gets from the same warehouse
    while (p_taken[n]).n = p_piece.n
        and (p_taken[n]).variant_id = p_piece.variant_id
    loop
        t := p_taken[n];
        if t.warehouse_id = p_piece.warehouse_id then
            t.later := t.later + p_piece.quantity;
            t.shows := p_piece.shows;
            p_taken[n] := t;
            return p_taken;
        end if;
        n := n - 1;
    end loop;
    p_piece.later := p_piece.quantity;
    p_piece.quantity := 0;
    return p_taken || p_piece;
end
$$;

comment on function "order".take_piece is
    'adds what an order gets from a warehouse, now or later, to what was taken';
