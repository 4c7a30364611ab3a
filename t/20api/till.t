#!/usr/bin/perl

# Tills: staff put things into a cart by their barcode, take the money, and
# hand out a receipt.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product stock_of);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $base  = '/api/v1/pos/carts';
$t->ua->cookie_jar->ignore(sub {1});

my $code = unique_id() =~ tr/-//dr;
my $book = new_product($shop, price => 1190, stock => 10, barcode => $code,
    sku => "S-$code");

# somebody who may sell, and nothing else
my $cashier = do {
    my $user = $shop->register(name => 'Tilda Till');
    my $role = 'till-' . substr $code, -12;
    $t->post_ok('/api/v1/roles' => $admin => json =>
          {name => $role, permissions => ['pos:write']})->status_is(201);
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => [$role]})->status_is(200);
    $user->{headers};
};

sub new_cart (%with) {
    $t->post_ok($base => $cashier => json => {%with})->status_is(201)
      ->header_like(Location => qr{^/api/v1/pos/carts/[0-9a-f-]{36}$});
    return $t->tx->res->headers->location;
}

sub put ($cart, %what) {
    return $t->post_ok("$cart/items" => $cashier => json => {%what});
}

my $nobody = "$base/" . '00000000-0000-4000-8000-000000000000';

subtest 'who may' => sub {
    for my $case ([POST => $base], [GET => $nobody], [PATCH => $nobody],
        [DELETE => $nobody], [POST => "$nobody/items"],
        [PATCH  => "$nobody/items/1"], [DELETE => "$nobody/items/1"],
        [POST   => "$nobody/coupons"], [DELETE => "$nobody/coupons/X"],
        [POST => "$nobody/gift-cards"], [DELETE => "$nobody/gift-cards/x"],
        [POST   => "$nobody/orders"],
        [GET => '/api/v1/pos/orders/00000000-0000-4000-8000-000000000000'
          . '/receipt'])
    {
        my ($method, $at) = @$case;
        is $t->call($method => $at => json => {})->code, 401,
          "$method $at: a stranger";
        is $t->call($method => $at => $shop->customer => json => {})->code,
          403, "$method $at: a customer";
    }
};

subtest 'scanning' => sub {
    my $cart = new_cart();
    put($cart, barcode => $code)->status_is(200)
      ->trips_is('sql=2 redis=1')->json_is('/items/0/product_id' => $book)
      ->json_is('/items/0/quantity' => 1)
      ->json_is('/shipping/amount' => 0)->json_is('/total/amount' => 1190);
    put($cart, barcode => $code, quantity => 2)->status_is(200)
      ->json_is('/items/0/quantity' => 3);
    put($cart, sku => "S-$code")->json_is('/items/0/quantity' => 4);
    put($cart, product_id => $book)->trips_is('sql=1 redis=1')
      ->json_is('/items/0/quantity' => 5);
    put($cart, barcode => "no-$code")->problem_is(404 => 'not_found');
    put($cart)->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/barcode');
    put($cart, barcode => $code, product_id => $book)
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/barcode');
    put($cart, sku => 'x', variant_id => $book)
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/sku');
    put($cart, barcode => $code, quantity => 0)
      ->problem_is(422 => 'invalid_input');
    put($cart, barcode => $code, quantity => 6)
      ->problem_is(409 => 'insufficient_stock');
    $t->patch_ok("$cart/items/$book" => $cashier => json => {quantity => 2})
      ->status_is(200)->json_is('/items/0/quantity' => 2);
    $t->get_ok($cart => $cashier)->status_is(200)
      ->json_is('/items/0/quantity' => 2);
    $t->delete_ok("$cart/items/$book" => $cashier)->status_is(200)
      ->json_is('/items' => []);
    $t->delete_ok("$cart/items/$book" => $cashier)
      ->problem_is(404 => 'not_found');
    put($cart, barcode => $code)->status_is(200);
    $t->delete_ok($cart => $cashier)->status_is(200)->json_is('/items' => []);
    $t->get_ok("$base/not-an-id" => $cashier)->problem_is(404 => 'not_found');

    my $twin = new_product($shop, barcode => $code);
    put($cart, barcode => $code)->problem_is(422 => 'variant_required');
    $t->delete_ok("/api/v1/products/$twin" => $admin)->status_is(204);
    put($cart, barcode => $code)->status_is(200);
};

subtest 'cash' => sub {
    my $before = stock_of($shop, $book);
    my $cart   = new_cart();
    put($cart, barcode => $code, quantity => 2)->status_is(200);
    my $pay = sub (%with) {
        return $t->post_ok("$cart/orders" => $cashier => json =>
              {payment => {provider => 'cash', tendered => 5000}, %with});
    };
    $pay->(payment => {provider => 'cash', tendered => 2379})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/payment/tendered');
    $pay->(payment => {provider => 'cash',
            tendered => {amount => 5000, currency => 'USD'}})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/payment/tendered');
    $pay->(payment => {provider => 'sandbox'})
      ->problem_is(422 => 'invalid_input');
    $pay->(payment => {})->problem_is(422 => 'invalid_input');
    $pay->(expected_total => 1)->problem_is(409 => 'price_changed');

    $pay->()->status_is(201)->json_is('/status' => 'paid')
      ->json_is('/payment/status' => 'success')
      ->json_is('/payment/provider' => 'cash')
      ->json_is('/total/amount' => 2380)->json_like(
        '/invoice_number' => qr/^INV-/);
    my $order = $t->value;
    $t->header_is(Location => "/api/v1/orders/$order->{id}");
    is_deeply [map { $_->{event} } @{$order->{timeline}}],
      ['order.created', 'order.paid'], 'both at once';
    my $after = stock_of($shop, $book);
    is $after->{on_hand}, $before->{on_hand} - 2, 'it has left';
    is $after->{reserved}, $before->{reserved}, 'nothing is held';
    $t->get_ok($cart => $cashier)->json_is('/items' => []);
    $pay->()->problem_is(409 => 'cart_empty');

    $t->get_ok("/api/v1/pos/orders/$order->{id}/receipt" => $cashier)
      ->status_is(200)->json_is('/number' => $order->{number})
      ->json_is('/cashier' => 'Tilda Till')->json_is('/customer' => undef)
      ->json_is('/payment/tendered/amount' => 5000)
      ->json_is('/payment/change/amount' => 2620)
      ->json_is('/tax/lines/0/amount/amount' => 380)
      ->json_is('/items/0/quantity' => 2)->json_has('/store/name')
      ->json_is('/total/amount' => 2380);
    $t->get_ok('/api/v1/pos/orders/00000000-0000-4000-8000-000000000000'
          . '/receipt' => $cashier)->problem_is(404 => 'not_found');
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($book);
    my $web = $buyer->place->{json};
    $t->get_ok("/api/v1/pos/orders/$web->{id}/receipt" => $cashier)
      ->problem_is(404 => 'not_found');
    is $shop->sql('select count(*) from payment.attempt where payment_id = ?',
        $order->{payment}{id}), 0, 'nobody is called';
};

subtest 'once' => sub {
    my $cart = new_cart();
    put($cart, barcode => $code)->status_is(200);
    my @same = ("$cart/orders" =>
          {%$cashier, 'Idempotency-Key' => unique_id()} => json =>
          {payment => {provider => 'card', reference => 'T-1'}});
    my $id = $t->post_ok(@same)->status_is(201)->value('/id');
    $t->post_ok(@same)->status_is(201)
      ->header_is('Idempotent-Replayed' => 'true')->json_is('/id' => $id);
    $t->get_ok("/api/v1/pos/orders/$id/receipt" => $cashier)
      ->json_is('/payment/reference' => 'T-1')
      ->json_is('/payment/change/amount' => 0);
};

subtest 'a cart is opened once' => sub {
    my $key = {%$cashier, 'Idempotency-Key' => unique_id()};
    my $id  = $t->post_ok($base => $key => json => {currency => 'EUR'})
      ->status_is(201)->trips_is('sql=1 redis=1')->value('/id');
    put("$base/$id", barcode => $code)->status_is(200);
    my $held = sub { my @keys = shop->redis->keys('cart:*:p:*'); scalar @keys };
    my $before = $held->();
    $t->post_ok($base => $key => json => {currency => 'EUR'})
      ->status_is(201)->header_is('Idempotent-Replayed' => 'true')
      ->header_is(Location => "$base/$id")->json_is('/id' => $id)
      ->json_is('/items' => []);
    is $held->(), $before, 'no other cart is left';
    $t->post_ok($base => $key => json => {currency => 'USD'})
      ->problem_is(422 => 'idempotency_mismatch');
    is $held->(), $before, 'none of a refused one either';
    my $again = {%$cashier, 'Idempotency-Key' => unique_id()};
    $t->post_ok($base => $again => json => {currency => 'JPY'})
      ->problem_is(422 => 'invalid_input') for 1, 2;
    $t->post_ok($base => $again => json => {})->status_is(201);
    isnt $t->value('/id'), $id, 'a key of a refused request may be used';
};

subtest 'a gift card pays' => sub {
    my $card = sub ($amount) {
        $t->post_ok('/api/v1/gift-cards' => $admin => json =>
              {amount => $amount})->status_is(201);
        return $t->value;
    };
    my $left = sub ($card) {
        return $t->call(GET => "/api/v1/gift-cards/$card->{id}" => $admin)
          ->json('/balance/amount');
    };
    my ($small, $large) = ($card->(1000), $card->(5000));
    my $cart = new_cart();
    put($cart, barcode => $code)->status_is(200);
    my $add = sub ($what) {
        return $t->post_ok("$cart/gift-cards" => $cashier => json =>
              {code => $what});
    };
    $add->('NO-SUCH-CARD')->problem_is(422 => 'gift_card_unknown');
    $add->($small->{code})->status_is(200)->trips_is('sql=1 redis=1')
      ->json_is('/due/amount' => 190);
    my $shown = $t->value('/gift_cards/0/id');
    $t->delete_ok("$cart/gift-cards/$shown" => $cashier)->status_is(200)
      ->json_is('/due/amount' => 1190);
    $add->($small->{code})->status_is(200);
    my $pay = sub (%with) {
        return $t->post_ok("$cart/orders" => $cashier => json =>
              {payment => {provider => 'cash', %with}});
    };
    $pay->(tendered => 100)->problem_is(422 => 'invalid_input');
    my $order = $pay->(tendered => 200)->status_is(201)
      ->json_is('/status' => 'paid')->json_is('/due/amount' => 190)->value;
    is $left->($small), 0, 'the card is empty';
    $t->get_ok("/api/v1/pos/orders/$order->{id}/receipt" => $cashier)
      ->json_is('/payment/tendered/amount'   => 200)
      ->json_is('/payment/change/amount'     => 10)
      ->json_is('/gift_cards/0/amount/amount' => 1000)
      ->json_is('/total/amount' => 1190);

    put($cart, barcode => $code)->status_is(200);
    $add->($large->{code})->status_is(200)->json_is('/due/amount' => 0);
    $order = $pay->()->status_is(201)->json_is('/status' => 'paid')
      ->json_is('/due/amount' => 0)->value;
    is $left->($large), 5000 - 1190, 'it pays for all';
    $t->get_ok("/api/v1/pos/orders/$order->{id}/receipt" => $cashier)
      ->status_is(200)->json_is('/payment/amount/amount' => 0);
    is shop->sql('select count(*) from pricing.gift_verify()'), 0,
      'ledgers sum up';
};

subtest 'for a customer' => sub {
    my $customer = $shop->register;
    my $id       = $customer->{user}{id};
    my $cart     = new_cart(customer_id => $id);
    put($cart, barcode => $code)->status_is(200);
    $t->post_ok("$cart/orders" => $cashier => json =>
          {payment => {provider => 'cash'}})->status_is(201)
      ->json_is('/email' => $customer->{email});
    my $order = $t->value('/id');
    $t->get_ok("/api/v1/orders/$order" => $customer->{headers})
      ->status_is(200);
    $t->get_ok("/api/v1/pos/orders/$order/receipt" => $cashier)
      ->json_is('/customer' => $customer->{user}{name});
    $t->post_ok($base => $cashier => json =>
          {customer_id => '00000000-0000-4000-8000-000000000000'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/customer_id');
    $t->patch_ok($cart => $cashier => json => {customer_id => undef,
            currency => 'USD'})->status_is(200)
      ->json_is('/currency' => 'USD');
    $t->patch_ok($cart => $cashier => json => {currency => 'JPY'})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok($base => $cashier => json => {color => 'red'})
      ->problem_is(422 => 'invalid_input');
};

subtest 'a till pays for nobody else' => sub {
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($book);
    my $order = $buyer->place(payment => {provider => 'cash'});
    is $order->{status}, 422, 'no cash on the web';
    $t->get_ok("$base/" . $buyer->cart => $cashier)->status_is(200)
      ->json_is('/items' => []);
};

done_testing;
