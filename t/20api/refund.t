#!/usr/bin/perl

# What staff give back of an order: to its payment, then to its gift cards.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $api   = '/api/v1';
my $book  = new_product($shop, price => 5000, stock => 100);
$t->ua->cookie_jar->ignore(sub {1});

sub money ($amount) { return {amount => $amount, currency => 'EUR'} }

# a paid order, of which these gift cards have paid what they hold
sub paid_order (@amounts) {
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($book);
    my @cards;
    for my $amount (@amounts) {
        $t->post_ok("$api/gift-cards" => $admin => json =>
              {amount => $amount})->status_is(201);
        push @cards, $t->value;
        $t->post_ok("$api/cart/gift-cards" => $buyer->headers => json =>
              {code => $cards[-1]{code}})->status_is(200);
    }
    my $order = $buyer->place->{json};
    $buyer->pay($order) if $order->{due}{amount};
    wait_for(sub { $buyer->show($order)->{status} eq 'paid' }, 20, 'paid');
    return ($buyer, $buyer->show($order), @cards);
}

sub refund ($order, %json) {
    return $t->post_ok("$api/orders/$order->{id}/refunds" => $admin =>
          json => {%json});
}

sub balance ($card) {
    return $t->call(GET => "$api/gift-cards/$card->{id}" => $admin)
      ->json('/balance/amount');
}

sub payment ($order) {
    return $t->call(GET => "$api/payments/$order->{payment}{id}" => $admin)
      ->json;
}

subtest 'the payment first, then the cards' => sub {
    my ($buyer, $order, $one, $two) = paid_order(1000, 2000);
    my $due = $order->{due}{amount};
    is $due, $order->{total}{amount} - 3000, 'the cards have paid their part';

    refund($order, amount => 500, reason => 'a scratch')->status_is(201)
      ->json_is('/amount' => money(500))->json_is('/payment' => money(500))
      ->json_is('/gift_cards' => money(0))->json_is('/reason' => 'a scratch');
    ok wait_for(sub { payment($order)->{refunded}{amount} == 500 }, 20),
      'the provider has given it back';
    is $buyer->show($order)->{status}, 'partially_refunded', 'a part';
    is_deeply [balance($one), balance($two)], [0, 0], 'nothing to the cards';

    # two parts: the second is told like the first
    refund($order, amount => money($due))->status_is(201)
      ->json_is('/payment' => money($due - 500))
      ->json_is('/gift_cards' => money(500));
    is balance($one) + balance($two), 500, 'at once to the cards';
    ok wait_for(sub { payment($order)->{status} eq 'refunded' }, 20),
      'all of the payment';
    is $buyer->show($order)->{status}, 'partially_refunded',
      'cards still hold something';
    is balance($one) + balance($two), 500, 'they got no more for that';

    refund($order, amount => 2501)->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/amount');
    refund($order)->status_is(201)->json_is('/gift_cards' => money(2500));
    is_deeply [balance($one), balance($two)], [1000, 2000], 'all of it';
    is $buyer->show($order)->{status}, 'refunded', 'and now it is refunded';
    refund($order)->problem_is(409 => 'invalid_transition');
    $t->get_ok("$api/orders/$order->{id}/refunds" => $admin)->status_is(200);
    is_deeply [map { $_->{amount}{amount} } @{$t->value('/items')}],
      [500, $due, 2500], 'what was given back';
    is shop->sql('select count(*) from pricing.gift_verify()'), 0,
      'ledgers sum up';
    my $events = wait_for(sub {
        my @types = map { $_->{type} }
          grep { $_->{type} =~ /refunded$/ }
          $shop->events('shop.payments', $order->{payment}{id});
        return @types == 2 && \@types;
    }, 20, 'events of the payment');
    is_deeply $events, ['payment.partially_refunded', 'payment.refunded'],
      'both parts are told';
};

subtest 'two parts of a payment are two events' => sub {
    my ($buyer, $order) = paid_order();
    for my $sum (100, 300) {
        refund($order, amount => $sum == 100 ? 100 : 200)->status_is(201);
        ok wait_for(sub { payment($order)->{refunded}{amount} == $sum }, 20),
          "$sum is back";
    }
    my @told = grep { $_->{event} eq 'order.partially_refunded' }
      @{$buyer->show($order)->{timeline}};
    is scalar @told, 2, 'in the timeline';
};

subtest 'gift cards alone' => sub {
    my ($buyer, $order, $card) = paid_order(10000);
    my $total = $order->{total}{amount};
    is $order->{due}{amount}, 0, 'nothing was due';
    refund($order, amount => 1000)->status_is(201)
      ->json_is('/payment' => money(0));
    is balance($card), 10000 - $total + 1000, 'a part';
    is $buyer->show($order)->{status}, 'partially_refunded', 'is told';
    refund($order)->status_is(201);
    is balance($card), 10000, 'the rest';
    is $buyer->show($order)->{status}, 'refunded', 'all of it';
};

subtest 'refused' => sub {
    my ($buyer, $order) = paid_order();
    my $path = "$api/orders/$order->{id}/refunds";
    for my $case ([{}, 401], [$buyer->headers, 401], [$shop->seller, 403],
        [$shop->customer, 403])
    {
        is $t->call($_ => $path => $case->[0] => json => {})->code,
          $case->[1], "$_: $case->[1]"
          for qw(GET POST);
    }
    refund($order, %$_)->problem_is(422 => 'invalid_input')
      for {amount => 0}, {amount => -1}, {amount => 1.5}, {amount => 'x'},
      {amount => $order->{total}{amount} + 1}, {color => 'red'},
      {amount => {amount => 1, currency => 'USD'}}, {reason => 'x' x 501};
    $t->post_ok("$api/orders/00000000-0000-4000-8000-000000000000/refunds" =>
          $admin => json => {})->problem_is(404 => 'not_found');
    my $key = {%$admin, 'Idempotency-Key' => unique_id()};
    my $id  = $t->post_ok($path => $key => json => {amount => 100})
      ->status_is(201)->value('/id');
    $t->post_ok($path => $key => json => {amount => 100})->status_is(201)
      ->header_is('Idempotent-Replayed' => 'true')->json_is('/id' => $id);
    my $other = ShopTest::Buyer->new(stack => $shop);
    $other->add($book);
    refund($other->place->{json})->problem_is(409 => 'invalid_transition');
};

subtest 'what was paid in cash' => sub {
    $t->post_ok("$api/pos/carts" => $admin => json => {})->status_is(201);
    my $cart = "$api/pos/carts/" . $t->value('/id');
    $t->post_ok("$cart/items" => $admin => json => {product_id => $book})
      ->status_is(200);
    my $order = $t->post_ok("$cart/orders" => $admin => json =>
          {payment => {provider => 'cash'}})->status_is(201)->value;
    refund($order, amount => 2000)->status_is(201);
    is payment($order)->{status}, 'partially_refunded', 'is out at once';
    refund($order)->status_is(201)->json_is('/amount' => money(3000));
    is payment($order)->{status}, 'refunded', 'all of it';
    $t->get_ok("$api/orders/$order->{id}" => $admin)
      ->json_is('/status' => 'refunded');
};

done_testing;
