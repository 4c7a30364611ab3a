#!/usr/bin/perl

# 10,000 buyers at once for 100 pieces: exactly 100 orders.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::JSON  qw(encode_json);
use Time::HiRes qw(time);

use ShopTest;
use ShopTest::Buyer qw(new_product stock_of address);
use ShopTest::Crowd;

my $buyers  = $ENV{SHOP_BUYERS} // 10_000;
my $pieces  = 100;
my $shop    = shop;
my $product = new_product($shop, stock => $pieces);
my @carts   = @{$shop->db->selectcol_arrayref(
    'select gen_random_uuid() from generate_series(1, ?)', undef, $buyers)};

sub post ($n, $path, $body) {
    my $text = encode_json($body);
    return "POST /api/v1$path HTTP/1.1\r\nHost: localhost\r\n"
      . "X-Cart-Id: $carts[$n]\r\nContent-Type: application/json\r\n"
      . 'Content-Length: ' . length($text) . "\r\n\r\n$text";
}

# one after the other: who hears 503 here and asks again may have two
my $filled = grep {
    $shop->t->call(POST => '/api/v1/cart/add' => {'X-Cart-Id' => $_} =>
          json => {product_id => $product})->code == 200
} @carts;
is $filled, $buyers, 'each has it in the cart';

my $crowd = ShopTest::Crowd->new(
    stack  => $shop,
    size   => $buyers,
    rounds => [
        sub ($n) {
            post($n, '/orders', {
                email            => "buyer-$n\@example.test",
                shipping_address => address(),
                payment          => {provider => 'sandbox'}
            });
        }
    ]
)->open;

my $start = time;
is_deeply $crowd->ask,
  {'201 ' => $pieces, '409 insufficient_stock' => $buyers - $pieces},
  "$pieces orders, the others are refused";
note sprintf '%.1f s, %d asked again after 503', time - $start,
  $crowd->again;
$crowd->close;

is_deeply stock_of($shop, $product),
  {on_hand => $pieces, reserved => $pieces, available => 0},
  'all is reserved';
is $shop->sql('select count(distinct o.id) from "order".orders o'
      . ' join "order".line l on l.order_id = o.id where l.product_id = ?',
    $product), $pieces, "$pieces orders in the database";

done_testing;
