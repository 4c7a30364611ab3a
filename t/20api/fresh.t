#!/usr/bin/perl

# A change of a name or a price is in every worker's next answer on the node
# within 100 ms of the commit.

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

my @took;
for my $price (2 .. 21) {
    $t->call(GET => $path);
    $_->call(GET => $path) for @clients;
    my $res = $t->call(PATCH => $path => $admin => json =>
          {price => $price, name => "Fresh $price"});
    my $began = time;
    $res->code == 200 or fail 'changed';
    for my $client (@clients) {
        my $json;
        until (($json = $client->call(GET => $path)->json)
            && ($json->{price}{amount} // 0) == $price)
        {
            last if time - $began > 5;
        }
        is $json->{name}, "Fresh $price", "name and price $price"
          if $client == $clients[0];
    }
    push @took, 1000 * (time - $began);
}
@took = sort { $a <=> $b } @took;
note sprintf 'until all 12 had it: median %.1f ms, longest %.1f ms',
  $took[@took / 2], $took[-1];
cmp_ok $took[@took / 2], '<', 100, 'within 100 ms';
cmp_ok $took[-1], '<', 1000, 'and never far from it';

done_testing;
