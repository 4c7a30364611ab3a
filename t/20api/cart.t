#!/usr/bin/perl

# The guest's cart: what is in it, what is refused, what it costs.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop = shop;
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

my $ten   = new_product($shop, stock => 10, price => 1000);
my $other = new_product($shop, stock => 5,  price => 250);
my $cart;

subtest 'an empty one' => sub {
    $t->get_ok('/api/v1/cart')->status_is(200)->trips_is('sql=1 redis=1')
      ->header_is('Cache-Control' => 'no-store')
      ->header_like('X-Cart-Id' => qr/^[0-9a-f-]{36}$/)
      ->header_like('Set-Cookie' =>
          qr{^cart=[0-9a-f-]{36}; Path=/; HttpOnly; SameSite=Lax})
      ->json_is('/items' => [])
      ->json_is('/total' => {amount => 0, currency => 'EUR'});
    $cart = {'X-Cart-Id' => $t->tx->res->headers->header('X-Cart-Id')};
    $t->json_is('/id' => $cart->{'X-Cart-Id'});
};

subtest 'adding sums' => sub {
    $t->post_ok('/api/v1/cart/add' => $cart => json => {product_id => $ten})
      ->status_is(200)->trips_is('sql=1 redis=1')
      ->json_is('/items/0/quantity' => 1);
    $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {product_id => $ten, quantity => 2})->status_is(200)
      ->json_is('/items/0/quantity'   => 3)
      ->json_is('/items/0/product_id' => "$ten")
      ->json_is('/items/0/unit_price' => {amount => 1000, currency => 'EUR'})
      ->json_is('/items/0/line_total' => {amount => 3000, currency => 'EUR'})
      ->json_is('/items/0/available'  => 10)
      ->json_is('/subtotal' => {amount => 3000, currency => 'EUR'});
};

subtest 'the sum is right' => sub {
    $t->patch_ok('/api/v1/cart' => $cart => json =>
          {country => 'DE', postal_code => '10115'})->status_is(200)
      ->json_is('/country' => 'DE');
    my $json = $t->value;
    ok $json->{tax}{included}, 'prices hold the tax';
    is $json->{total}{amount},
      $json->{subtotal}{amount} + $json->{shipping}{amount},
      'total = subtotal + shipping';
    my $taxes = 0;
    $taxes += $_->{amount}{amount} for @{$json->{tax}{lines}};
    is $json->{tax}{total}{amount}, $taxes, 'lines of tax add up';
};

subtest 'too much' => sub {
    $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {product_id => $ten, quantity => 8})
      ->problem_is(409 => 'insufficient_stock')->trips_is('sql=1 redis=2');
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/items/0/quantity' => 3);
    $t->patch_ok("/api/v1/cart/items/$ten" => $cart => json =>
          {quantity => 11})->problem_is(409 => 'insufficient_stock');
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/items/0/quantity' => 3);
    $t->patch_ok("/api/v1/cart/items/$ten" => $cart => json =>
          {quantity => 10})->status_is(200)->trips_is('sql=1 redis=1')
      ->json_is('/items/0/quantity' => 10);
};

subtest 'what is not there' => sub {
    $t->post_ok('/api/v1/cart/add' => $cart => json => {product_id => $_})
      ->problem_is(404 => 'not_found')
      for '999999999', 'no-number', '0', '12345678901234567890';
    $t->post_ok('/api/v1/cart/add' => $cart => json => {quantity => 1})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/product_id');
    $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {product_id => $ten, quantity => 0, color => 'red'})
      ->problem_is(422 => 'invalid_input');
    $t->patch_ok("/api/v1/cart/items/$other" => $cart => json =>
          {quantity => 1})->problem_is(404 => 'not_found');
    $t->delete_ok("/api/v1/cart/remove/$other" => $cart)
      ->problem_is(404 => 'not_found');
    my $draft = new_product($shop, status => 'draft');
    $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {product_id => $draft})->problem_is(404 => 'not_found');
};

subtest 'a product of several variants' => sub {
    my $many = new_product(
        $shop,
        options  => [{name => 'Size', values => ['S', 'L']}],
        variants => [
            {options => {Size => 'S'}, stock => 3},
            {options => {Size => 'L'}, stock => 4, price => 1200}
        ]
    );
    $t->post_ok('/api/v1/cart/add' => $cart => json => {product_id => $many})
      ->problem_is(422 => 'variant_required');
    my $large = (grep { $_->{options}{Size} eq 'L' }
          @{$t->call(GET => "/api/v1/products/$many")->json('/variants')})[0];
    $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {product_id => $many, variant_id => $large->{id}})->status_is(200)
      ->json_is('/items/1/variant_id' => $large->{id})
      ->json_is('/items/1/unit_price/amount' => 1200);
    $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {product_id => $ten, variant_id => $large->{id}})
      ->problem_is(404 => 'not_found');
    $t->delete_ok("/api/v1/cart/remove/$large->{id}" => $cart)
      ->status_is(200)->json_hasnt('/items/1');
};

subtest 'settings' => sub {
    $t->patch_ok('/api/v1/cart' => $cart => json => {currency => 'JPY'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/currency');
    $t->patch_ok('/api/v1/cart' => $cart => json => {country => 'AQ'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/country');
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/currency' => 'EUR')
      ->json_is('/country' => 'DE');
    $t->patch_ok('/api/v1/cart' => $cart => json => {postal_code => undef})
      ->status_is(200)->json_is('/postal_code' => undef);
};

subtest 'coupons' => sub {
    $t->post_ok('/api/v1/cart/coupons' => $cart => json => {code => 'NONE'})
      ->problem_is(422 => 'coupon_unknown');
    $t->delete_ok('/api/v1/cart/coupons/NONE' => $cart)
      ->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/cart' => $cart)->status_is(200)
      ->json_is('/discounts' => []);
};

subtest 'ways to ship' => sub {
    $t->get_ok('/api/v1/cart/shipping-options?country=DE&postal_code=10115' =>
          $cart)->status_is(200)->trips_is('sql=1 redis=1')
      ->json_has('/items/0/code')->json_has('/items/0/amount/amount');
    $t->get_ok('/api/v1/cart/shipping-options?country=AQ' => $cart)
      ->status_is(200)->json_is('/items' => []);
    $t->get_ok('/api/v1/cart/shipping-options?country=X' => $cart)
      ->problem_is(422 => 'invalid_input');
};

subtest 'emptying' => sub {
    $t->patch_ok("/api/v1/cart/items/$ten" => $cart => json =>
          {quantity => 0})->status_is(200)->json_is('/items' => []);
    $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {product_id => $other, quantity => 2})->status_is(200);
    $t->delete_ok('/api/v1/cart' => $cart)->status_is(200)
      ->json_is('/items' => [])->json_is('/country' => 'DE');
    $t->get_ok('/api/v1/cart/shipping-options' => $cart)->status_is(200)
      ->json_is('/items' => []);
};

subtest 'by cookie' => sub {
    my $browser = $shop->t;
    $browser->post_ok('/api/v1/cart/add' => json => {product_id => $other})
      ->status_is(200);
    $browser->get_ok('/api/v1/cart')->json_is('/items/0/quantity' => 1);
    $shop->t->get_ok('/api/v1/cart')->json_is('/items' => []);
};

done_testing;
