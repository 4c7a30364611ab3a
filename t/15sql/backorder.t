#!/usr/bin/perl

# Pieces that are promised before they are there: placing, paying, expiring,
# cancelling, and who gets what comes; routing over warehouses.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Brand;

my $shop  = shop;
my $brand = ShopTest::Brand->new(db => $shop->db)->open;
my $db    = $brand->db;

sub statuses ($rows) { return [map { $_->{status} } @$rows] }

# stock that is in the ledger, unlike that of Brand
sub sell ($stock, $limit, %with) {
    my $item = $brand->sell(stock => 0, %with, far => 0);
    change($item, $stock) if $stock;
    change($item, $with{far}, 'far') if $with{far};
    $db->do('update inventory.stock k set backorder_limit = ?
             from inventory.warehouse w where w.id = k.warehouse_id
             and k.variant_id = ? and w.code = ?', undef, $limit, $item,
        'near');
    return $item;
}

sub change ($item, $delta, $warehouse = 'near') {
    $db->do('select inventory.lock(array[?::bigint])', undef, $item);
    return $db->do('select inventory.change(k, ?, \'test\', null)
                    from inventory.stock k
                    join inventory.warehouse w on w.id = k.warehouse_id
                    where k.variant_id = ? and w.code = ?', undef, $delta,
        $item, $warehouse);
}

# on hand, reserved, backordered
sub stock ($item, $warehouse = 'near') {
    return [$db->selectrow_array(
        'select k.on_hand, k.reserved, k.backordered from inventory.stock k
         join inventory.warehouse w on w.id = k.warehouse_id
         where k.variant_id = ? and w.code = ?', undef, $item, $warehouse)];
}

sub place ($item, $n) {
    my $row = $brand->place({lines => [[$item, $n]]})->[0];
    is $row->{status}, 201, "an order for $n";
    # those of a transaction have one time
    $db->do("update inventory.reservation set created_at = clock_timestamp()
             where order_id = ?", undef, $row->{body}{id});
    return $row->{body}{id};
}

sub held ($order) {
    return $db->selectall_arrayref(
        'select w.code, r.quantity, r.backordered, r.paid::int
         from inventory.reservation r
         join inventory.warehouse w on w.id = r.warehouse_id
         where r.order_id = ? order by w.position', undef, $order);
}

sub adds_up ($item) {
    return is $db->selectrow_array(
        'select count(*) from inventory.verify() where variant_id = ?',
        undef, $item), 0, 'the ledger adds up';
}

subtest 'up to the limit' => sub {
    my $item = sell(3, 4);
    is_deeply statuses($brand->place({lines => [[$item, 5]]},
            {lines => [[$item, 3]]}, {lines => [[$item, 2]]})),
      [201, 409, 201], 'seven of them';
    is_deeply stock($item), [3, 3, 4], 'on hand never goes below zero';
    is $db->selectrow_array('select shown from inventory.stock k
        join inventory.warehouse w on w.id = k.warehouse_id
        where variant_id = ? and w.code = ?', undef, $item, 'near'), 0,
      'nothing is shown any more';
    my $row = $brand->place({lines => [[$item, 1]]})->[0];
    is $row->{body}{code}, 'insufficient_stock', 'no more';
    is $row->{body}{items}[0]{available}, 0, 'and says so';
    adds_up($item);
};

subtest 'what comes goes to the first' => sub {
    my $item = sell(1, 10);
    my ($first, $second) = map { place($item, $_) } 3, 4;
    is_deeply held($first),  [['near', 1, 2, 0]], 'one is there';
    is_deeply held($second), [['near', 0, 4, 0]], 'none is there';
    change($item, 3);
    is_deeply held($first),  [['near', 3, 0, 0]], 'complete';
    is_deeply held($second), [['near', 1, 3, 0]], 'one more';
    is_deeply stock($item), [4, 4, 3], 'stock';
    is_deeply $db->selectall_arrayref(
        "select data ->> 'order_id', data ->> 'quantity',
                data ->> 'waiting' from ops.outbox
         where type = 'stock.backorder_filled' and key = ? order by seq",
        undef, $item), [[$first, 2, 0], [$second, 1, 3]], 'events';
    change($item, 5);
    is_deeply stock($item), [9, 7, 0], 'the rest is for sale';
    adds_up($item);
};

subtest 'in another warehouse' => sub {
    my $item  = sell(0, 10);
    my $order = place($item, 5);
    change($item, 2, 'far');
    is_deeply held($order), [['near', 0, 3, 0], ['far', 2, 0, 0]],
      'reserved where it is';
    change($item, 3, 'far');
    is_deeply held($order), [['far', 5, 0, 0]], 'all of it';
    is_deeply stock($item), [0, 0, 0], 'nothing waits';
    is_deeply stock($item, 'far'), [5, 5, 0], 'there';
    adds_up($item);
};

subtest 'paid before it is there' => sub {
    my $item  = sell(2, 10);
    my $order = place($item, 5);
    $db->do('select "order".sell(?)', undef, $order);
    is_deeply held($order), [['near', 0, 3, 1]], 'the rest is promised';
    is_deeply stock($item), [0, 0, 3], 'what was there is sold';
    change($item, 1);
    is_deeply held($order), [['near', 0, 2, 1]], 'sold as it comes';
    is_deeply stock($item), [0, 0, 2], 'stock';
    change($item, 4);
    is_deeply held($order), [], 'complete';
    is_deeply stock($item), [2, 0, 0], 'the rest is for sale';
    adds_up($item);

    $db->do('select "order".restock(?, ?)', undef, $order, 'cancelled');
    is_deeply stock($item), [7, 0, 0], 'all comes back';
    adds_up($item);
};

subtest 'cancelled while it waits' => sub {
    my $item = sell(2, 10);
    my ($one, $two, $three) = map { place($item, $_) } 3, 3, 2;
    is_deeply stock($item), [2, 2, 6], 'promised';
    $db->do('select "order".release(array[?::uuid], ?)', undef, $one,
        'cancelled');
    is_deeply held($two), [['near', 2, 1, 0]],
      'what it had goes to the next';
    is_deeply stock($item), [2, 2, 3], 'what it waited for is let go';
    $db->do('select "order".sell(?)', undef, $two);
    $db->do('select "order".restock(?, ?)', undef, $two, 'cancelled');
    is_deeply held($two), [], 'a paid one too';
    is_deeply held($three), [['near', 2, 0, 0]], 'and the next';
    is_deeply stock($item), [2, 2, 0], 'stock';
    adds_up($item);
};

subtest 'late' => sub {
    my $item  = sell(2, 10);
    my $order = place($item, 5);
    $db->do('select "order".release(array[?::uuid], ?)', undef, $order,
        'expired');
    is $db->selectrow_array('select "order".sell_late(o)::int
        from "order".orders o where o.id = ?', undef, $order), 1, 'sold';
    is_deeply held($order), [['near', 0, 3, 1]], 'the rest is promised';
    is_deeply stock($item), [0, 0, 3], 'stock';
    adds_up($item);
};

subtest 'the limit is lowered' => sub {
    my $item = sell(0, 5);
    my $order = place($item, 5);
    $db->do('update inventory.stock set backorder_limit = 2
             where variant_id = ? and backorder_limit > 0', undef, $item);
    is $brand->place({lines => [[$item, 1]]})->[0]{status}, 409, 'no more';
    change($item, 5);
    is_deeply held($order), [['near', 5, 0, 0]], 'what was promised is kept';
    adds_up($item);
};

subtest 'a warehouse of the order\'s country first' => sub {
    $db->do("update inventory.warehouse set country = 'US'
             where store_id = ? and code = 'far'", undef, $brand->id);
    my $item = sell(5, 2, far => 5);
    my $rows = $brand->place(
        {lines => [[$item, 4]], shipping_address => {country => 'US'}},
        {lines => [[$item, 4]], shipping_address => {country => 'DE'}},
        {lines => [[$item, 4]], shipping_address => {country => 'US'}});
    is_deeply statuses($rows), [201, 201, 201], 'placed';
    is_deeply [map { held($_->{body}{id}) } @$rows],
      [[['far', 4, 0, 0]], [['near', 4, 0, 0]],
        [['near', 1, 2, 0], ['far', 1, 0, 0]]],
      'its own, then by position, then what is to come';
    adds_up($item);
};

subtest 'one variant in two lines, as a gift is' => sub {
    my $item  = sell(3, 2);
    my $place = sub (@lines) {
        return $brand->place({lines => [map { [$item, $_] } @lines]})->[0];
    };
    is $place->(3, 3)->{status}, 409, 'more than there is';
    my $row = $place->(2, 2);
    is $row->{status}, 201, 'what there is';
    is_deeply held($row->{body}{id}), [['near', 3, 1, 0]], 'one reservation';
    $db->do('select "order".sell(?)', undef, $row->{body}{id});
    is_deeply stock($item), [0, 0, 1], 'sold';
    adds_up($item);
};

subtest 'constraints' => sub {
    my $item = sell(1, 0);
    for my $set ('backordered = -1', 'backorder_limit = -1', 'on_hand = -1') {
        $db->do('savepoint one');
        ok !eval {
            local $db->{RaiseError} = 1;
            local $db->{PrintError} = 0;
            $db->do("update inventory.stock set $set where variant_id = ?",
                undef, $item);
        }, $set;
        $db->do('rollback to one');
    }
};

$brand->close;

done_testing;
