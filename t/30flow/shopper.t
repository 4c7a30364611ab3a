#!/usr/bin/perl

# The main job: register, search, fill a cart, order, pay, get the mail.
# Runs alone: it measures how soon an order is paid.

use Mojo::Base -signatures;

use lib 't/lib';

use Time::HiRes qw(time);

use ShopTest;
use ShopTest::Buyer qw(address);

my $shop = shop;
my $user = $shop->register(name => 'Flow Tester');
my $own  = $user->{headers};
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

my $product = $t->get_ok('/api/v1/products?in_stock=true&limit=1')
  ->status_is(200)->value('/items/0/id');
my $detail = $t->get_ok("/api/v1/products/$product")->status_is(200)->value;
my ($variant) = grep { $_->{available} } @{$detail->{variants}};

# one order more, and how long its payment took to be seen
my $order;
my $paid_after = sub {
    $t->post_ok('/api/v1/cart/add' => $own => json =>
          {product_id => $product, variant_id => $variant->{id}})
      ->status_is(200)->json_is('/items/0/name' => $detail->{name});
    my $option = $t->get_ok('/api/v1/cart/shipping-options?country=DE' => $own)
      ->status_is(200)->value('/items/0');

    $t->post_ok('/api/v1/orders' => $own => json => {
            shipping_address => address(),
            shipping_method  => $option->{code},
            payment          => {provider => 'sandbox'}
        })->status_is(201)->json_is('/shipping' => $option->{amount});
    $order = $t->value;

    ok wait_for(sub {
        $t->call(GET => "/api/v1/orders/$order->{id}" => $own)
          ->json('/payment/status') eq 'requires_action';
    }, 15, 'the worker'), 'the provider waits for the shopper';

    my $start = time;
    $t->post_ok("/api/v1/payments/$order->{payment}{id}/sandbox" => $own =>
          json => {outcome => 'success'})->status_is(200);
    ok wait_for(sub {
        $t->call(GET => "/api/v1/orders/$order->{id}" => $own)
          ->json('/status') eq 'paid';
    }, 5, 'paid'), 'paid';
    return time - $start;
};
in_time(0.5, $paid_after, 'within half a second');

ok wait_for(sub {
    grep { $_->{subject} =~ /\Q$order->{number}\E/
          || ($_->{text} // '') =~ /\Q$order->{number}\E/ }
      $shop->mails($user->{email});
}, 20, 'the mail'), 'the confirmation is in the mail sink';

done_testing;
