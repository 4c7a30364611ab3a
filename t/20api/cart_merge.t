#!/usr/bin/perl

# A guest's cart joins the account's at sign-in: quantities add up, capped by
# the stock.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop = shop;
my ($few, $many) = map { new_product($shop, stock => $_) } 10, 500;
my $user = $shop->register;

my $t = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});
my $own = $user->{headers};

$t->post_ok('/api/v1/cart/add' => $own => json =>
      {product_id => $few, quantity => 8})->status_is(200)
  ->json_is('/id' => $user->{user}{id});

my $guest = {'X-Cart-Id' =>
      $t->get_ok('/api/v1/cart')->tx->res->headers->header('X-Cart-Id')};
$t->post_ok('/api/v1/cart/add' => $guest => json =>
      {product_id => $few, quantity => 3})->status_is(200);
$t->post_ok('/api/v1/cart/add' => $guest => json =>
      {product_id => $many, quantity => 2})->status_is(200);

$t->post_ok('/api/v1/auth/login' => $guest => json =>
      {email => $user->{email}, password => $user->{password}})
  ->status_is(200);
$own = {Authorization => 'Bearer ' . $t->value('/access_token')};

sub quantities ($t) {
    return {map { $_->{variant_id} => $_->{quantity} } @{$t->value('/items')}};
}

$t->get_ok('/api/v1/cart' => $own)->status_is(200);
is_deeply quantities($t), {$few => 10, $many => 2}, 'joined and capped';
$t->get_ok('/api/v1/cart' => $own)->trips_is('sql=1 redis=1');
is_deeply quantities($t), {$few => 10, $many => 2}, 'and stored';

$t->get_ok('/api/v1/cart' => $guest)->json_is('/items' => []);

done_testing;
