#!/usr/bin/perl

# Redis does not answer: carts and orders are 503, the catalog goes on, and
# all is well again afterwards.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product stock_of);

my $shop    = shop;
my $t       = $shop->t;
my $product = new_product($shop);
my $buyer   = ShopTest::Buyer->new(stack => $shop);
my $cart    = $buyer->headers;
$t->ua->cookie_jar->ignore(sub {1});
$buyer->add($product, 2);

$shop->redis->client_pause(6000, 'ALL');

$t->get_ok('/api/v1/cart' => $cart)->problem_is(503 => 'unavailable')
  ->header_like('Retry-After' => qr/^\d+$/);
$t->post_ok('/api/v1/orders' => $cart => json => $buyer->order_json)
  ->problem_is(503 => 'unavailable');
$t->get_ok("/api/v1/products/$product")->status_is(200);

ok wait_for(sub {
    $t->call(GET => '/api/v1/cart' => $cart)->code == 200;
}, 20, 'redis'), 'carts are back';
$t->get_ok('/api/v1/cart' => $cart)->json_is('/items/0/quantity' => 2);
is $buyer->place->{status}, 201, 'and orders';
is stock_of($shop, $product)->{reserved}, 2, 'once';

done_testing;
