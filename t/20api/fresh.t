#!/usr/bin/perl

# A change of a name or a price is in every worker's next answer on the node
# within 100 ms of the commit.
# Runs alone: it measures milliseconds.

use Mojo::Base -signatures;

use ShopTest;
use Time::HiRes qw(time);

my $shop  = shop;
my $admin = $shop->admin;
my $nginx = $shop->nginx(
    workers => 4,
    http    => 'shop_cache fresh 4m;',
    server  => 'location /api/v1/ { shop_catalog; }'
);
my $t = $shop->t;

$t->post_ok('/api/v1/products' => $admin => json =>
      {name => 'Fresh ' . unique_id, price => 1})->status_is(201);
my $path = '/api/v1/products/' . $t->value('/id');

# connections of a worker each, as the kernel spreads them
my @clients = map { $nginx->t } 1 .. 12;
$_->get_ok($path)->status_is(200) for @clients;

my (@took, @stale);
for my $price (2 .. 21) {
    $_->call(GET => $path) for @clients;
    my $res = $t->call(PATCH => $path => $admin => json =>
          {price => $price, name => "Fresh $price"});
    my $committed = time;
    is $res->code, 200, "price $price";

    # how long it takes, asked of one; then everyone's next answer
    my $took;
    while (time - $committed < 0.1) {
        my $seen = $clients[0]->call(GET => $path)->json('/price/amount');
        $took //= 1000 * (time - $committed) if $seen == $price;
    }
    push @took, $took // 100;
    for my $client (@clients) {
        my $json = $client->call(GET => $path)->json;
        push @stale, $price
          if $json->{name} ne "Fresh $price"
          || $json->{price}{amount} != $price;
    }
}
is_deeply \@stale, [], 'after 100 ms all have the name and the price';
@took = sort { $a <=> $b } @took;
note sprintf 'seen after: median %.1f ms, longest %.1f ms',
  $took[@took / 2], $took[-1];

done_testing;
