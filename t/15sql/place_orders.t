#!/usr/bin/perl

# "order".place_orders(): batches, their refusals, keys, warehouses; and
# several connections at once.

use Mojo::Base -signatures;

use lib 't/lib';

use DBI;
use Mojo::JSON qw(encode_json);
use ShopTest;
use ShopTest::Brand;
use ShopTest::Buyer qw(new_product stock_of);

my $shop  = shop;
my $brand = ShopTest::Brand->new(db => $shop->db)->open;

sub statuses ($rows) { return [map { $_->{status} } @$rows] }

subtest 'a batch' => sub {
    my ($one, $two) = map { $brand->sell(stock => 10) } 1, 2;
    my $rows = $brand->place(
        {lines => [[$one, 6]]},
        {lines => [[$one, 6], [$two, 1]]},
        {lines => [[$one, 4]]},
        {lines => [[$two, 10]]},
        {lines => []},
        {lines => [[$one, 1]], provider => 'stripe'},
    );
    is_deeply statuses($rows), [201, 409, 201, 201, 409, 422],
      'a refused order takes nothing from those after it';
    is $rows->[1]{body}{code}, 'insufficient_stock', 'stock';
    is $rows->[4]{body}{code}, 'cart_empty',         'empty';
    is_deeply $brand->stocked($one), [10, 10], 'all reserved';
    is_deeply $brand->stocked($two), [10, 10], 'all reserved';
    is_deeply [map { $rows->[$_]{body}{number} } 0, 2, 3],
      [1001, 1002, 1003], 'numbers without a gap';
    is $rows->[3]{tags}, "product:$two", 'what is shown changes';
};

subtest 'warehouses, the nearest first' => sub {
    my $thing = $brand->sell(stock => 3, far => 5);
    is_deeply statuses($brand->place({lines => [[$thing, 4]]},
            {lines => [[$thing, 5]]}, {lines => [[$thing, 4]]})),
      [201, 409, 201], 'placed';
    is_deeply $brand->stocked($thing), [3, 3], 'near';
    is_deeply $brand->stocked($thing, 'far'), [5, 5], 'far';
    is_deeply [$brand->db->selectrow_array(
            'select count(*), sum(quantity) from inventory.reservation'
              . ' where variant_id = ?', undef, $thing)], [3, 8],
      'reservations';
    is_deeply [$brand->db->selectrow_array(
            'select sum(on_hand_delta), sum(reserved_delta)'
              . ' from inventory.movement where variant_id = ?'
              . ' and order_id is not null', undef, $thing)], [0, 8],
      'the ledger';
};

subtest 'the same cart' => sub {
    my $thing = $brand->sell;
    my %same  = (lines => [[$thing, 1]],
        cart_id => '00000000-0000-4000-8000-00000000000a');
    my $rows = $brand->place({%same}, {%same});
    is_deeply statuses($rows), [201, 201], 'twice in a batch';
    is $rows->[0]{body}{id}, $rows->[1]{body}{id}, 'one order';
    is $brand->place({%same})->[0]{body}{id}, $rows->[0]{body}{id},
      'and again later';
    is $brand->place({%same, revision => '2'})->[0]{status}, 201,
      'another revision';
    is_deeply $brand->stocked($thing), [10, 2], 'two orders';
};

subtest 'keys' => sub {
    my $thing = $brand->sell;
    my %key   = (lines => [[$thing, 1]], key => 'k', actor => 'cart:x',
        endpoint => 'POST /orders', fingerprint => 'a');
    my $rows = $brand->place({%key}, {%key}, {%key, fingerprint => 'b'});
    is_deeply statuses($rows), [201, 201, 422], 'in one batch';
    my $first = $rows->[0]{body}{id};
    is $rows->[1]{body}{id}, $first, 'one order';
    my $again = $brand->place({%key})->[0];
    is $again->{body}{id}, $first, 'the first answer';
    ok $again->{replayed}, 'replayed';
    is $brand->place({%key, fingerprint => 'b'})->[0]{body}{code},
      'idempotency_mismatch', 'another request';
    is $brand->place({%key, actor => 'cart:y'})->[0]{status}, 201,
      'another one\'s key';
};

subtest 'what is written' => sub {
    my $thing = $brand->sell(price => 1190);
    my $order = $brand->place({lines => [[$thing, 2]]})->[0]{body};
    my $db    = $brand->db;
    is_deeply $db->selectall_arrayref(
        'select topic, type, key, seq, live from ops.outbox'
          . " where data ->> 'order_id' = ? order by topic", undef,
        $order->{id}),
      [
        ['shop.orders', 'order.created', $order->{id}, 1,
            "live:order:$order->{id}"],
        ['shop.payments', 'payment.requested', $order->{payment}{id}, 1,
            undef]
      ],
      'outbox';
    is_deeply [$db->selectrow_array(
            'select quantity, unit_price, line_total, tax, tax_rate::int'
              . ' from "order".line where order_id = ?', undef,
            $order->{id})], [2, 1190, 2380, 380, 19], 'line';
    is_deeply [map { [$_->{event}, $_->{by}] } @{$order->{timeline}}],
      [['order.created', 'guest']], 'timeline';
};

$brand->close;

# twelve connections for the same two products, their lines in either order:
# no deadlock, nothing sold twice
subtest 'at once' => sub {
    my ($one, $two) = map { new_product($shop, stock => 40) } 1, 2;
    my @pids;
    for my $n (1 .. 12) {
        my $pid = fork // die "fork: $!";
        if ($pid) { push @pids, $pid; next }
        my $theirs = delete $shop->{db};
        $theirs->{InactiveDestroy} = 1;
        my $db = $shop->db;
        my @lines = ([$one, 1], [$two, 1]);
        @lines = reverse @lines if $n % 2;
        my $mine = ShopTest::Brand->new(db => $db, id => 1);
        my $bad = 0;
        for (1 .. 5) {
            $bad += grep { $_->{status} != 201 && $_->{status} != 409 }
              @{$mine->place({lines => \@lines}, {lines => \@lines})};
        }
        require POSIX;
        POSIX::_exit($bad ? 1 : 0);
    }
    my $failed = 0;
    waitpid($_, 0), $failed += $? != 0 for @pids;
    is $failed, 0, 'no connection failed';
    is_deeply stock_of($shop, $_),
      {on_hand => 40, reserved => 40, available => 0}, 'sold out exactly'
      for $one, $two;
    is $shop->sql('select count(*) from "order".line l where l.product_id = ?',
        $one), 40, '40 orders';
};

done_testing;
