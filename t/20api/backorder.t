#!/usr/bin/perl

# What may be ordered before it is there, as shoppers and staff see it; the
# list of reservations.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

my $true  = Mojo::JSON->true;
my $false = Mojo::JSON->false;

sub update ($json) {
    return $t->post_ok('/api/v1/inventory/update' => $admin => json => $json)
      ->status_is(200);
}

sub reservations ($query, $who = $admin) {
    $t->get_ok("/api/v1/inventory/reservations?$query" => $who)
      ->status_is(200);
    return $t->value('/items');
}

my $id    = new_product($shop, stock => 2);
my $buyer = ShopTest::Buyer->new(stack => $shop);
my $order;

subtest 'what shoppers see' => sub {
    update({product_id => $id, backorder_limit => 3});
    $t->get_ok("/api/v1/inventory/$id")
      ->json_is({product_id => $id, in_stock => $true, available => 5});
    $t->get_ok("/api/v1/products/$id")
      ->json_is('/variants/0/available' => 5);
    my $cart = $buyer->add($id, 4);
    is $cart->{items}[0]{available}, 5, 'the cart';
    is $cart->{items}[0]{backordered}, 2, 'and how many are to come';
    my $few = ShopTest::Buyer->new(stack => $shop)->add($id, 2);
    ok !exists $few->{items}[0]{backordered}, 'none of what is there';
    $t->post_ok('/api/v1/cart/add' => json =>
          {product_id => $id, quantity => 6})
      ->problem_is(409 => 'insufficient_stock');

    $order = $buyer->place->{json};
    is $order->{status}, 'pending_payment', 'ordered';
    is $order->{items}[0]{backordered}, 2, 'its line tells, too';
    is $buyer->show($order)->{items}[0]{backordered}, 2, 'as long as';
    $t->get_ok("/api/v1/inventory/$id")
      ->json_is({product_id => $id, in_stock => $true, available => 1,
            backorder => $true});
    $t->get_ok("/api/v1/products/$id")->json_is('/in_stock' => $true)
      ->json_is('/variants/0/available' => 1);
};

subtest 'what staff see' => sub {
    $t->get_ok("/api/v1/inventory/$id" => $admin)
      ->json_is('/on_hand' => 2)->json_is('/reserved' => 2)
      ->json_is('/available' => 0)->json_is('/backordered' => 2)
      ->json_is('/variants/0/backorder_limit' => 3);
    my $items = reservations("order=$order->{id}");
    is scalar(@$items), 1, 'one';
    is_deeply [@{$items->[0]}{qw(product_id quantity backordered paid
          order_number warehouse)}],
      [$id, 2, 2, $false, $order->{number}, 'main'], 'what it holds';
    like $items->[0]{expires_at}, qr/^20.*Z$/, 'and until when';
    is scalar(@{reservations("product=$id&backordered=true")}), 1, 'waiting';
    is scalar(@{reservations("product=$id&backordered=false")}), 0,
      'complete';
    $t->get_ok('/api/v1/inventory?backordered=true&limit=100' => $admin);
    ok grep({ $_->{product_id} eq $id } @{$t->value('/items')}),
      'in the list of stock';
};

subtest 'paid, and then it comes' => sub {
    $buyer->pay($order);
    wait_for(sub { $buyer->show($order)->{status} eq 'paid' }, 20, 'paid');
    $t->get_ok("/api/v1/inventory/$id" => $admin)
      ->json_is('/on_hand' => 0)->json_is('/backordered' => 2);
    my $items = reservations("order=$order->{id}");
    is_deeply [@{$items->[0]}{qw(quantity backordered paid expires_at)}],
      [0, 2, $true, undef], 'it waits for good';
    update({product_id => $id, delta => 7, reason => 'delivery'})
      ->json_is('/on_hand' => 5)->json_is('/backordered' => 0);
    is_deeply reservations("order=$order->{id}"), [], 'nothing waits';
    ok !exists $buyer->show($order)->{items}[0]{backordered},
      'nor does its line';
    my $events = wait_for(sub {
        my @events = grep { $_->{type} eq 'stock.backorder_filled' }
          $shop->events('shop.inventory', $id);
        return @events && \@events;
    }, 15, 'the event');
    is $events->[0]{data}{order_id}, $order->{id}, 'whose it was';
    is $shop->sql('select count(*) from inventory.verify()
                   where variant_id = ?', $id), 0, 'the ledger adds up';
};

subtest 'cancelled' => sub {
    my $thing = new_product($shop, stock => 0);
    update({product_id => $thing, backorder_limit => 5});
    $t->get_ok("/api/v1/products/$thing")->json_is('/in_stock' => $true);
    my $other = ShopTest::Buyer->new(stack => $shop);
    $other->add($thing, 5);
    my $placed = $other->place->{json};
    $t->get_ok("/api/v1/products/$thing")->json_is('/in_stock' => $false);
    $t->post_ok("/api/v1/orders/$placed->{id}/cancel" => $admin => json => {})
      ->status_is(200);
    wait_for(sub {
        $t->call(GET => "/api/v1/products/$thing")->json('/in_stock')
    }, 10, 'it may be ordered again');
    $t->get_ok("/api/v1/inventory/$thing" => $admin)
      ->json_is('/backordered' => 0);
};

subtest 'a deny policy is the default' => sub {
    my $thing = new_product($shop, stock => 1);
    $t->post_ok('/api/v1/cart/add' => json =>
          {product_id => $thing, quantity => 2})
      ->problem_is(409 => 'insufficient_stock');
};

subtest 'the list of reservations' => sub {
    my $thing  = new_product($shop, stock => 10);
    my @orders = map {
        my $b = ShopTest::Buyer->new(stack => $shop);
        $b->add($thing, 1);
        $b->place->{json}{id};
    } 1 .. 3;
    my $list = "/api/v1/inventory/reservations?product=$thing&limit=2";
    $t->get_ok($list => $admin);
    is_deeply [map { $_->{order_id} } @{$t->value('/items')}],
      [@orders[2, 1]], 'the newest first';
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$list&cursor=$cursor" => $admin)
      ->json_is('/items/0/order_id' => $orders[0])
      ->json_is('/next_cursor' => undef);
    is_deeply reservations("product=$thing", $shop->seller), [],
      'not the seller\'s';
    for my $bad ('order=x', 'backordered=x', 'cursor=AAAA', 'limit=101') {
        $t->get_ok("/api/v1/inventory/reservations?$bad" => $admin)
          ->problem_is(422 => 'invalid_input');
    }
    $t->get_ok('/api/v1/inventory/reservations')
      ->problem_is(401 => 'unauthenticated');
    $t->get_ok('/api/v1/inventory/reservations' => $shop->customer)
      ->problem_is(403 => 'forbidden');
};

done_testing;
