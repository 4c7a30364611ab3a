#!/usr/bin/perl

# Payments: the sandbox's outcomes, and what they mean for order and stock.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product stock_of);

my $shop    = shop;
my $product = new_product($shop, stock => 20);
my $buyer   = ShopTest::Buyer->new(stack => $shop);
my $cart    = $buyer->headers;
my $t       = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

sub place ($quantity) {
    $buyer->add($product, $quantity);
    my $order = $buyer->place->{json};
    return ($order, "/api/v1/payments/$order->{payment}{id}");
}

subtest 'success' => sub {
    my ($order, $path) = place(4);
    $t->get_ok($path => $cart)->status_is(200)
      ->json_is('/order_id' => $order->{id})
      ->json_is('/amount'   => $order->{total});
    $t->post_ok("$path/sandbox" => $cart => json => {outcome => 'success'})
      ->status_is(200)->trips_is('sql=1 redis=0')
      ->json_is('/status'   => 'success')
      ->json_is('/captured' => $order->{total});
    my $paid = $buyer->show($order);
    is $paid->{status}, 'paid', 'paid';
    like $paid->{invoice_number}, qr/^INV-\d+$/, 'an invoice has its number';
    is $paid->{reserved_until}, undef, 'nothing is reserved';
    is_deeply stock_of($shop, $product),
      {on_hand => 16, reserved => 0, available => 16}, 'both are lower';

    $t->post_ok("$path/sandbox" => $cart => json => {outcome => 'success'})
      ->status_is(200)->json_is('/status' => 'success');
    $t->post_ok("$path/sandbox" => $cart => json => {outcome => 'decline'})
      ->problem_is(409 => 'invalid_transition');
    is stock_of($shop, $product)->{on_hand}, 16, 'once';
    is $buyer->show($order)->{invoice_number}, $paid->{invoice_number},
      'the same number';
};

subtest 'decline, then success' => sub {
    my ($order, $path) = place(1);
    $t->post_ok("$path/sandbox" => $cart => json => {outcome => 'decline'})
      ->status_is(200)->json_is('/status' => 'failed') for 1, 2;
    is $buyer->show($order)->{status}, 'payment_failed', 'may be paid again';
    is stock_of($shop, $product)->{reserved}, 1, 'still reserved';
    $t->post_ok("$path/sandbox" => $cart => json => {outcome => 'success'})
      ->status_is(200)->json_is('/status' => 'success');
    is_deeply [map { $_->{event} } @{$buyer->show($order)->{timeline}}],
      ['order.created', 'order.payment_failed', 'order.paid'], 'timeline';
};

subtest 'not anybody\'s' => sub {
    my ($order, $path) = place(1);
    $t->get_ok($path)->problem_is(404 => 'not_found');
    $t->post_ok("$path/sandbox" => $shop->customer => json =>
          {outcome => 'success'})->problem_is(404 => 'not_found');
    $t->post_ok("$path/sandbox" => $cart => json => {outcome => 'maybe'})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok("$path/sandbox" => $shop->admin => json =>
          {outcome => 'success'})->status_is(200);
};

subtest 'paid too late' => sub {
    my ($order) = place(2);
    my ($gone)  = place(3);
    for ($order, $gone) {
        $shop->sql('update "order".orders set reserved_until = now()'
              . ' where id = ? returning 1', $_->{id});
    }
    ok wait_for(sub { $buyer->show($gone)->{status} eq 'cancelled'
              && $buyer->show($order)->{status} eq 'cancelled' },
        15, 'expiry'), 'the worker cancels what has expired';
    is stock_of($shop, $product)->{reserved}, 0, 'the stock is back';

    is $buyer->pay($order)->code, 200, 'paid after that';
    is $buyer->show($order)->{status}, 'paid', 'there was stock again';

    $shop->t->post_ok('/api/v1/inventory/update' => $shop->admin => json =>
          {product_id => $product, on_hand => 0})->status_is(200);
    is $buyer->pay($gone)->code, 200, 'recorded';
    is $buyer->show($gone)->{status}, 'cancelled', 'nothing to sell';
    ok wait_for(sub { $buyer->show($gone)->{payment}{status} eq 'refunded' },
        15, 'the refund'), 'the worker gives the money back';
};

done_testing;
