#!/usr/bin/perl

# What a cart may hold: quantities of a variant and of the store, lines, days;
# prices that changed since they were shown; all of its settings.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest -private => {};
use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub cart { return ShopTest::Buyer->new(stack => $shop)->headers }

sub add ($cart, $product, $quantity = 1) {
    return $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {product_id => $product, quantity => $quantity});
}

subtest 'quantities of a variant' => sub {
    my $cart = cart();
    my $eggs = new_product($shop, stock => 100, min_quantity => 6,
        max_quantity => 24, quantity_step => 6);
    $t->get_ok("/api/v1/products/$eggs")->json_is(
        '/variants/0/quantity_limits' => {min => 6, max => 24, step => 6});
    add($cart, $eggs, 5)->problem_is(422 => 'quantity_not_allowed')
      ->json_is('/quantity' => {min => 6, max => 24, step => 6});
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/items' => []);
    add($cart, $eggs, 12)->status_is(200)->json_is('/items/0/quantity' => 12)
      ->json_is('/items/0/quantity_limits/step' => 6);
    add($cart, $eggs, 18)->problem_is(422 => 'quantity_not_allowed');
    $t->patch_ok("/api/v1/cart/items/$eggs" => $cart => json =>
          {quantity => 13})->problem_is(422 => 'quantity_not_allowed');
    $t->patch_ok("/api/v1/cart/items/$eggs" => $cart => json =>
          {quantity => 24})->status_is(200);

    # rules that became narrower are told when it is ordered
    $t->patch_ok("/api/v1/products/$eggs" => $admin => json =>
          {max_quantity => 12})->status_is(200);
    $t->post_ok('/api/v1/orders' => $cart => json =>
          ShopTest::Buyer->new->order_json)
      ->problem_is(409 => 'quantity_not_allowed');
    $t->patch_ok("/api/v1/products/$eggs" => $admin => json =>
          {max_quantity => undef, min_quantity => 1, quantity_step => 1})
      ->json_is('/variants/0/quantity_limits' => undef);
    $t->patch_ok("/api/v1/products/$eggs" => $admin => json =>
          {min_quantity => 5, max_quantity => 4})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/max_quantity');
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'x', price => 1, max_quantity => 4, quantity_step => 5})
      ->problem_is(422 => 'invalid_input');
};

subtest 'prices that changed' => sub {
    my $cart   = cart();
    my @in_usd = (prices => [{amount => 999, currency => 'USD'}]);
    my $lamp   = new_product($shop, price => 1000, @in_usd);
    my $desk   = new_product($shop, price => 5000, @in_usd);
    add($cart, $lamp)->json_is('/notices' => []);
    add($cart, $desk)->json_is('/notices' => []);
    my $price = sub ($amount) {
        $t->patch_ok("/api/v1/products/$lamp" => $admin => json =>
              {price => $amount})->status_is(200);
    };
    $price->(1200);
    my $notice = [{item_id => $lamp,
        was => {amount => 1000, currency => 'EUR'},
        now => {amount => 1200, currency => 'EUR'}}];
    $t->get_ok('/api/v1/cart' => $cart)->trips_is('sql=1 redis=1')
      ->json_is('/notices' => $notice)
      ->json_is('/items/0/unit_price/amount' => 1200);
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/notices' => $notice);
    $t->patch_ok("/api/v1/cart/items/$desk" => $cart => json =>
          {quantity => 2})->json_is('/notices' => $notice);
    $t->patch_ok('/api/v1/cart' => $cart => json =>
          {accept_prices => Mojo::JSON->true})->status_is(200)
      ->json_is('/notices' => []);
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/notices' => []);
    $price->(900);
    $t->get_ok('/api/v1/cart' => $cart)
      ->json_is('/notices/0/was/amount' => 1200)
      ->json_is('/notices/0/now/amount' => 900);
    $t->patch_ok("/api/v1/cart/items/$lamp" => $cart => json =>
          {quantity => 2})->json_is('/notices' => []);
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/notices' => []);
    $price->(1000);
    $price->(900);
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/notices' => []);
    # in dollars nothing was shown yet
    $t->patch_ok('/api/v1/cart' => $cart => json => {currency => 'USD'})
      ->status_is(200)->json_is('/notices' => []);
};

subtest 'lines that are not for sale any more' => sub {
    my $cart  = cart();
    my $buyer = ShopTest::Buyer->new->order_json;
    my $lamp  = new_product($shop, name => 'Gone Lamp', price => 1000);
    my $desk  = new_product($shop, price => 5000);
    my $notice
      = {item_id => $lamp, name => 'Gone Lamp', was => undef, now => undef};
    add($cart, $_)->status_is(200) for $lamp, $desk;

    # in a currency that it has no price in
    $t->patch_ok('/api/v1/cart' => $cart => json => {currency => 'USD'})
      ->status_is(200)->json_is('/items' => [])
      ->json_is('/notices/0' => $notice)
      ->json_is('/notices/1/item_id' => $desk);
    $t->patch_ok('/api/v1/cart' => $cart => json => {currency => 'EUR'})
      ->status_is(200)->json_is('/notices' => [])
      ->json_is('/items/1/item_id' => $desk);

    $t->patch_ok("/api/v1/products/$lamp" => $admin => json =>
          {status => 'draft'})->status_is(200);
    $notice->{was} = {amount => 1000, currency => 'EUR'};
    for (1, 2) {
        $t->get_ok('/api/v1/cart' => $cart)->trips_is('sql=1 redis=1')
          ->json_is('/notices' => [$notice])
          ->json_is('/items/0/item_id' => $desk)
          ->json_is('/subtotal/amount' => 5000);
        $t->patch_ok('/api/v1/cart' => $cart => json =>
              {accept_prices => Mojo::JSON->true})->status_is(200);
    }
    $t->post_ok('/api/v1/orders' => $cart => json => $buyer)
      ->problem_is(409 => 'item_unavailable');
    $t->delete_ok("/api/v1/cart/remove/$lamp" => $cart)->status_is(200)
      ->json_is('/notices' => []);
    $t->post_ok('/api/v1/orders' => $cart => json => $buyer)->status_is(201);
};

subtest 'settings' => sub {
    my $cart = cart();
    add($cart, new_product($shop, price => 3000));
    $t->patch_ok('/api/v1/cart' => $cart => json =>
          {country => 'US', region => 'CA', currency => 'EUR'})
      ->status_is(200)->trips_is('sql=1 redis=1')
      ->json_is('/country' => 'US')
      ->json_is('/tax/lines/0/name' => 'California sales tax');
    $t->patch_ok('/api/v1/cart' => $cart => json => {region => undef})
      ->json_is('/tax/lines' => []);
    $t->patch_ok('/api/v1/cart' => $cart => json =>
          {country => 'DE', shipping_method => 'express'})->status_is(200)
      ->json_is('/shipping_method' => 'express')
      ->json_is('/shipping/amount' => 1290);
    $t->get_ok('/api/v1/cart' => $cart)
      ->json_is('/shipping_method' => 'express');
    $t->patch_ok('/api/v1/cart' => $cart => json =>
          {shipping_method => 'pigeon'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/shipping_method');
    $t->get_ok('/api/v1/cart' => $cart)
      ->json_is('/shipping_method' => 'express');
    $t->patch_ok('/api/v1/cart' => $cart => json => {country => 'US'})
      ->status_is(200)
      ->json_is('/shipping_method' => 'standard', 'no express there')
      ->json_is('/shipping/amount' => 1990);
    my %order = (email => 'ada@example.org', payment => {provider => 'sandbox'},
        shipping_address => {name => 'Ada', line1 => 'Street 1',
            city => 'Beverly Hills', postal_code => '90210', region => 'CA',
            country => 'US'});
    $t->post_ok('/api/v1/orders' => $cart => json =>
          {%order, shipping_method => 'express'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/shipping_method');
    $t->patch_ok('/api/v1/cart' => $cart => json => {country => 'DE'})
      ->json_is('/shipping_method' => 'express', 'here it is');
    $t->post_ok('/api/v1/orders' => $cart => json => \%order)
      ->status_is(201)->json_is('/shipping/amount' => 1990);
    add($cart, new_product($shop, price => 3000));
    $t->patch_ok('/api/v1/cart' => $cart => json =>
          {shipping_method => undef})
      ->json_is('/shipping_method' => 'standard');
    $t->patch_ok('/api/v1/cart' => $cart => json => {color => 'red',
            region => 'x' x 101, accept_prices => 1})
      ->problem_is(422 => 'invalid_input')->json_has('/errors/2');
    $t->patch_ok('/api/v1/cart' => $cart => json => {})->status_is(200);
};

subtest 'the store\'s limits' => sub {
    $t->patch_ok('/api/v1/store' => $admin => json => {line_quantity => 5,
            cart_lines => 2, guest_cart_days => 2, cart_days => 3})
      ->status_is(200)->json_is('/cart_lines' => 2);
    wait_for(sub {
        $t->call(GET => '/api/v1/cart')->headers->header('Set-Cookie')
          =~ /Max-Age=172800/;
    }, 5, 'nodes know');
    my $cart = cart();
    my @three = map { new_product($shop, stock => 50) } 1 .. 3;
    add($cart, $three[0], 6)->problem_is(422 => 'quantity_not_allowed')
      ->json_is('/quantity/max' => 5);
    add($cart, $three[0], 5)->status_is(200);
    add($cart, $three[1])->status_is(200);
    add($cart, $three[2])->problem_is(409 => 'cart_full');
    add($cart, $three[1])->status_is(200)->json_is('/items/1/quantity' => 2);
    my $ttl = $shop->redis->ttl("cart:{1:g:$cart->{'X-Cart-Id'}}");
    ok $ttl > 170000 && $ttl <= 172800, 'a guest\'s cart lives two days';
    my $user = $shop->register;
    add($user->{headers}, $three[0])->status_is(200);
    $ttl = $shop->redis->ttl("cart:{1:u:$user->{user}{id}}");
    ok $ttl > 250000 && $ttl <= 259200, 'an account\'s three';
    $t->patch_ok('/api/v1/store' => $admin => json => {$_->[0] => $_->[1]})
      ->problem_is(422 => 'invalid_input')
      for ['cart_lines', 1001], ['cart_lines', 0], ['line_quantity', 0],
      ['cart_days', 366], ['guest_cart_days', 0];
    $t->patch_ok('/api/v1/store' => $admin => json => {line_quantity => 1000,
            cart_lines => 1000})->status_is(200);
};

subtest 'a thousand lines' => sub {
    my $ids = $shop->db->selectcol_arrayref('select o.variant_id'
          . ' from catalog.offer o where o.store_id = 1'
          . " and o.currency = 'EUR' and o.limits is null and exists (select"
          . ' from inventory.stock k where k.variant_id = o.variant_id'
          . ' and k.shown > 0) order by o.variant_id limit 1001');
    is @$ids, 1001, 'enough to buy';
    my $cart = cart();
    my $last = pop @$ids;
    my $key = "cart:{1:g:$cart->{'X-Cart-Id'}}";
    $shop->redis->hset($key, "v$_", 1) for @$ids;
    $t->get_ok('/api/v1/cart' => $cart)->status_is(200)
      ->json_has('/items/999')->json_hasnt('/items/1000');
    $t->post_ok('/api/v1/cart/add' => $cart => json =>
          {variant_id => "$last"})
      ->problem_is(409 => 'cart_full');
    $t->patch_ok("/api/v1/cart/items/$ids->[500]" => $cart => json =>
          {quantity => 1})->status_is(200);
    my $items = $t->call(GET => '/api/v1/cart' => $cart)->json('/items');
    is_deeply [map { $_->{variant_id} } @$items[10 .. 999]],
      [@$ids[10 .. 999]], 'in the order in which they came';
};

done_testing;
