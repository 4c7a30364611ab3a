#!/usr/bin/perl

# 100 buyers at once for 10 pieces: exactly 10 orders, 90 refusals.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::Promise;
use ShopTest;
use ShopTest::Buyer qw(new_product stock_of);

my $shop    = shop;
my $product = new_product($shop, stock => 10);
my @buyers  = map { ShopTest::Buyer->new(stack => $shop) } 1 .. 100;
my $ua      = $shop->t->ua;
my $base    = $shop->url;
$ua->max_connections(100);
$ua->cookie_jar->ignore(sub {1});

sub all_of ($code) {
    my @answers;
    Mojo::Promise->all(map { $code->($_) } @buyers)
      ->then(sub (@tx) { @answers = map { $_->[0]->res } @tx })
      ->catch(sub ($error) { diag $error })->wait;
    return @answers;
}

my @carts = all_of(sub ($b) {
    $ua->post_p("$base/api/v1/cart/add" => $b->headers => json =>
          {product_id => $product});
});
is scalar(grep { $_->code == 200 } @carts), 100, 'each has it in the cart';

my @answers = all_of(sub ($b) {
    $ua->post_p("$base/api/v1/orders" => $b->headers => json =>
          $b->order_json);
});
my %count;
$count{$_->code . ' ' . ($_->json('/code') // '')}++ for @answers;
is_deeply \%count, {'201 ' => 10, '409 insufficient_stock' => 90},
  '10 orders, 90 refusals';
is_deeply stock_of($shop, $product),
  {on_hand => 10, reserved => 10, available => 0}, 'all is reserved';
is_deeply $shop->sql('select args from inventory.shown
                      where product_id = ?', $product),
  ['false', '0'], 'nobody is shown more';
is $shop->sql('select count(distinct o.id) from "order".orders o'
      . ' join "order".line l on l.order_id = o.id where l.product_id = ?',
    $product), 10, '10 orders in the database';

subtest 'a double click' => sub {
    my $other = new_product($shop, stock => 5);
    my $buyer = $buyers[0];
    $buyer->t->call(DELETE => '/api/v1/cart' => $buyer->headers);
    $buyer->add($other, 1);
    my @clicks;
    Mojo::Promise->all(map {
        $ua->post_p("$base/api/v1/orders" => $buyer->headers => json =>
              $buyer->order_json)
    } 1 .. 4)->then(sub (@tx) { @clicks = map { $_->[0]->res } @tx })->wait;
    my %ids = map { $_->json('/id') => 1 } grep { $_->code == 201 } @clicks;
    is scalar(keys %ids), 1, 'one order';
    is scalar(grep { $_->code != 201
              && ($_->json('/code') // '') ne 'cart_empty' } @clicks), 0,
      'the others get it, or find the cart empty';
    is stock_of($shop, $other)->{reserved}, 1, 'one piece';
};

done_testing;
