#!/usr/bin/perl

# Placing, showing, listing and cancelling orders.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product address stock_of);

my $shop  = shop;
my $t     = $shop->t;
my $ten   = new_product($shop, stock => 10, price => 1000);
my $buyer = ShopTest::Buyer->new(stack => $shop);
my $cart  = $buyer->headers;
my $base  = '/api/v1/orders';
$t->ua->cookie_jar->ignore(sub {1});

subtest 'placing' => sub {
    $buyer->add($ten, 3);
    my $quote = $t->patch_ok('/api/v1/cart' => $cart => json =>
          {country => 'DE', postal_code => '10115'})->value;
    $t->post_ok($base => $cart => json => $buyer->order_json(
            expected_total => $quote->{total}))
      ->status_is(201)->trips_is('sql=1 redis=1')
      ->header_like(Location => qr{^/api/v1/orders/[0-9a-f-]{36}$})
      ->json_is('/status' => 'pending_payment')
      ->json_like('/number' => qr/^\d+$/)
      ->json_is('/items/0/quantity' => 3)
      ->json_is('/total'    => $quote->{total})
      ->json_is('/tax'      => $quote->{tax})
      ->json_is('/shipping' => $quote->{shipping})
      ->json_is('/shipping_address' => address())
      ->json_is('/email'            => 'guest@example.test')
      ->json_is('/payment/provider' => 'sandbox')
      ->json_is('/payment/status'   => 'created')
      ->json_is('/payment/action'   => undef)
      ->json_is('/shipments'        => [])
      ->json_is('/timeline/0/event' => 'order.created')
      ->json_is('/timeline/0/by'    => 'guest');
    is_deeply stock_of($shop, $ten),
      {on_hand => 10, reserved => 3, available => 7}, 'reserved';
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/items' => [])
      ->json_is('/country' => 'DE');
};

subtest 'refusals' => sub {
    $t->post_ok($base => $cart => json => $buyer->order_json)
      ->problem_is(409 => 'cart_empty');
    $t->post_ok($base => $cart => json => {payment => {provider => 'cash'},
            shipping_address => {name => 'A'}})
      ->problem_is(422 => 'invalid_input');
    my %bad = map { $_->{pointer} => 1 } @{$t->value('/errors')};
    ok $bad{$_}, "$_ is named"
      for '/payment/provider', '/shipping_address/line1',
      '/shipping_address/country';
    $t->post_ok($base => $cart => json => $buyer->order_json(
            shipping_address => {%{address()}, name => '  ', city => "\t"}))
      ->problem_is(422 => 'invalid_input');
    is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
      ['/shipping_address/city', '/shipping_address/name'],
      'blanks are no name';

    $buyer->add($ten, 1);
    $t->post_ok($base => $cart => json => {payment =>
              {provider => 'sandbox'}, shipping_address => address()})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/email');
    my @refused = (
        '/shipping_address'  => {shipping_address => undef},
        '/shipping_method'   => {shipping_method => 'by-pigeon'},
        '/payment/provider'  => {payment => {provider => 'stripe'}},
        '/shipping_address/country' =>
          {shipping_address => address(country => 'AQ')},
    );
    while (my ($pointer, $more) = splice @refused, 0, 2) {
        $t->post_ok($base => $cart => json => $buyer->order_json(%$more))
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $pointer);
    }
    $t->post_ok($base => $cart => json => $buyer->order_json(
            expected_total => {amount => 1, currency => 'EUR'}))
      ->problem_is(409 => 'price_changed')->json_has('/quote/total/amount');
    is stock_of($shop, $ten)->{reserved}, 3, 'nothing was reserved';
    $t->get_ok('/api/v1/cart' => $cart)->json_is('/items/0/quantity' => 1);
};

subtest 'all lines or none' => sub {
    my $one = new_product($shop, stock => 2);
    my ($first, $second) =
      map { ShopTest::Buyer->new(stack => $shop) } 1, 2;
    $_->add($one, 2), $_->add($ten, 1) for $first, $second;
    is $first->place->{status}, 201, 'the first';
    my $reserved = stock_of($shop, $ten)->{reserved};
    my $late     = $second->place;
    is $late->{status}, 409, 'the second';
    is $late->{json}{code}, 'insufficient_stock', 'for want of stock';
    is_deeply $late->{json}{items}, [{item_id => "$one", available => 0}],
      'it tells of what';
    is stock_of($shop, $ten)->{reserved}, $reserved, 'none reserved';
};

subtest 'once' => sub {
    my $key = {%$cart, 'Idempotency-Key' => unique_id()};
    $t->post_ok($base => $key => json => $buyer->order_json)->status_is(201);
    my $order = $t->value;
    $t->post_ok($base => $key => json => $buyer->order_json)->status_is(201)
      ->header_is('Idempotent-Replayed' => 'true')->json_is('' => $order);
    $t->post_ok($base => $key => json =>
          $buyer->order_json(email => 'other@example.test'))
      ->problem_is(422 => 'idempotency_mismatch');

    # the key of a refused order may be used again
    $key = {%$cart, 'Idempotency-Key' => unique_id()};
    $t->post_ok($base => $key => json => $buyer->order_json)
      ->problem_is(409 => 'cart_empty');
    $buyer->add($ten, 1);
    $t->post_ok($base => $key => json => $buyer->order_json)->status_is(201)
      ->header_is('Idempotent-Replayed' => undef);
};

subtest 'who may see it' => sub {
    $buyer->add($ten, 1);
    my $order = $buyer->place->{json};
    $t->get_ok("$base/$order->{id}" => $cart)->status_is(200)
      ->header_like(ETag => qr{^(?:W/)?"1\.[0-9a-f]+"$});
    # the worker may have asked for the payment meanwhile
    my $shown = $t->value;
    $_->{payment} = {%{$_->{payment}}{qw(id provider)}}
      for $shown, $order;
    is_deeply $shown, $order, 'as it was placed';
    # what it asks for is shown, though the order is the same version
    my $payment = $shown->{payment}{id};
    wait_for(sub { $shop->sql('select action is not null
        from payment.payment where id = ?', $payment) }, 30, 'the worker');
    $shop->sql(q{update payment.payment set action = '{"type":"none"}'
        where id = ? returning 1}, $payment);
    $t->get_ok("$base/$order->{id}" => $cart)->status_is(200)
      ->json_is('/payment/action/type' => 'none');
    my $etag = $t->tx->res->headers->etag;
    $shop->sql(q{update payment.payment set action = '{"type":"other"}'
        where id = ? returning 1}, $payment);
    $t->get_ok("$base/$order->{id}" => {%$cart, 'If-None-Match' => $etag})
      ->status_is(200)->json_is('/payment/action/type' => 'other');
    $etag = $t->tx->res->headers->etag;
    $t->get_ok("$base/$order->{id}" => {%$cart, 'If-None-Match' => $etag})
      ->status_is(304);
    $t->get_ok("$base/$order->{id}" => $shop->admin)->status_is(200);
    $t->get_ok("$base/$order->{id}")->problem_is(404 => 'not_found');
    $t->get_ok("$base/$order->{id}" => $shop->customer)
      ->problem_is(404 => 'not_found');
    $t->post_ok("$base/$order->{id}/cancel" => $shop->customer => json => {})
      ->problem_is(404 => 'not_found');
    $t->get_ok("$base/00000000-0000-7000-8000-000000000000" => $cart)
      ->problem_is(404 => 'not_found');
};

subtest 'of an account' => sub {
    my $user = $shop->register;
    my $own  = $user->{headers};
    for (1 .. 3) {
        $t->post_ok('/api/v1/cart/add' => $own => json =>
              {product_id => new_product($shop)})->status_is(200);
        $t->post_ok($base => $own => json => {payment =>
                  {provider => 'sandbox'}, shipping_address => address()})
          ->status_is(201)->json_is('/email' => $user->{email})
          ->json_is('/timeline/0/by' => 'customer');
    }
    my $newest = $t->value('/id');
    $t->get_ok("$base?limit=2" => $own)->status_is(200)
      ->json_is('/items/0/id' => $newest)->json_has('/items/1')
      ->json_hasnt('/items/2');
    my $next = $t->value('/next_cursor');
    $t->get_ok("$base?limit=2&cursor=$next" => $own)->status_is(200)
      ->json_has('/items/0')->json_hasnt('/items/1')
      ->json_is('/next_cursor' => undef);
    $t->get_ok("$base?cursor=bm9uZQ" => $own)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("$base?status=paid" => $own)->json_is('/items' => []);
    $t->get_ok("$base/user/$user->{user}{id}" => $own)->status_is(200)
      ->json_is('/items/0/id' => $newest);
    $t->get_ok("$base/user/$user->{user}{id}" => $shop->admin)
      ->status_is(200)->json_has('/items/2');
    $t->get_ok("$base/user/$user->{user}{id}" => $shop->customer)
      ->problem_is(404 => 'not_found');
    $t->get_ok($base)->problem_is(401 => 'unauthenticated');
};

subtest 'cancelling' => sub {
    $buyer->add($ten, 1);
    my $before = stock_of($shop, $ten);
    my $order  = $buyer->place->{json};
    $t->post_ok("$base/$order->{id}/cancel" => $cart => json =>
          {reason => 'changed my mind'})->status_is(200)
      ->json_is('/status' => 'cancelled')
      ->json_is('/timeline/1/event' => 'order.cancelled');
    is_deeply stock_of($shop, $ten), $before, 'given back';
    $t->post_ok("$base/$order->{id}/cancel" => $cart => json => {})
      ->status_is(409)->json_is('/code' => 'invalid_transition');
};

done_testing;
