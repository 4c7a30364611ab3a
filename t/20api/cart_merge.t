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

subtest 'what cannot be bought now is not lost' => sub {
    my $who = $shop->register;
    my ($sold_out, $withdrawn, $fine) = map { new_product($shop, stock => 5) }
      1 .. 3;
    my $id;
    for my $p ($sold_out, $withdrawn, $fine) {
        $t->post_ok('/api/v1/cart/add' =>
              ($p eq $sold_out ? $who->{headers} : $id ? {'X-Cart-Id' => $id}
               : {}) => json => {product_id => $p, quantity => 2})
          ->status_is(200);
        $id = $t->tx->res->headers->header('X-Cart-Id') if $p ne $sold_out;
    }
    $t->post_ok('/api/v1/inventory/update' => $shop->admin => json =>
          {product_id => $sold_out, on_hand => 0, reason => 'broken'})
      ->status_is(200);
    $t->patch_ok("/api/v1/products/$withdrawn" => $shop->admin => json =>
          {status => 'draft'})->status_is(200);
    $t->post_ok('/api/v1/auth/login' => {'X-Cart-Id' => $id} => json =>
          {email => $who->{email}, password => $who->{password}})
      ->status_is(200);
    my $in = {Authorization => 'Bearer ' . $t->value('/access_token')};
    for my $time ('first', 'again') {
        $t->get_ok('/api/v1/cart' => $in)->status_is(200);
        is_deeply quantities($t), {$sold_out => 1, $fine => 2}, $time;
        my ($line) = grep { $_->{variant_id} eq $sold_out }
          @{$t->value('/items')};
        is $line->{available}, 0, 'seen as sold out';
        $t->json_is('/notices/0/item_id' => $withdrawn, 'and told')
          ->json_is('/notices/0/now' => undef);
    }
};

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
