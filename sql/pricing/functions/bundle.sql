create or replace function pricing.bundle(p pricing.promotion,
        b pricing.basket, p_bought boolean[])
    returns bigint[]
    language plpgsql stable
as $$
declare
    same constant boolean := cardinality(p.get_products || p.get_variants
        || p.get_categories || p.get_collections) = 0;
    got boolean[] := p_bought;
    units bigint := 0;
    cheaper bigint;
    piece bigint;
    shares bigint[];
    i int;
begin
    if not same then
        got := pricing.matches(b, p.get_products, p.get_variants,
            p.get_categories, p.get_collections, '{}', '{}');
    end if;
    for i in 1 .. cardinality(b.variants) loop
        shares[i] := 0;
        if p_bought[i] then
            units := units + b.quantities[i];
            -- what is bought is not made cheaper as well
            got[i] := same;
        end if;
    end loop;
    cheaper := least(units / (p.buy_quantity
                              + case when same then p.get_quantity else 0 end),
                     p.max_times) * p.get_quantity;
    for i in
        select n from generate_series(1, cardinality(b.variants)) as n
        where got[n] order by b.prices[n], n
    loop
        exit when cheaper = 0;
        piece := least(cheaper, b.quantities[i]);
        cheaper := cheaper - piece;
        shares[i] := least(b.nets[i],
            pricing.half_up(b.prices[i] * piece, p.basis_points));
    end loop;
    return shares;
end
$$;

comment on function pricing.bundle is
    'buy X get Y: the cheapest pieces get cheaper; what is got is of the same'
    ' lines, X + Y at a time, or of others, Y for each X';
