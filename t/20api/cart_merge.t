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

subtest 'long carts' => sub {
    my $long  = $shop->register;
    my $cart  = $t->call(GET => '/api/v1/cart')->headers->header('X-Cart-Id');
    my $redis = $shop->redis;
    my @key   = ("cart:{1:g:$cart}", "cart:{1:u:$long->{user}{id}}");
    $redis->hset($key[0], map { ("v$_", 1) } 900_000_001 .. 900_000_600);
    $redis->hset($key[1], map { ("v$_", 1) } 900_000_501 .. 900_001_100);
    $t->post_ok('/api/v1/auth/login' => {'X-Cart-Id' => $cart} => json =>
          {email => $long->{email}, password => $long->{password}})
      ->status_is(200);
    my %joined = @{$redis->hgetall($key[1])};
    is scalar(grep {/^v/} keys %joined), 1000, 'as many as fit';
    is $joined{v900000550}, 2, 'what both have adds up';
    is $redis->exists($key[0]), 0, 'the guest\'s is gone';
    $redis->del($key[1]);
};

done_testing;
