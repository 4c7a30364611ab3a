#!/usr/bin/perl

# Wishlists: lists, items, links to them; notices of what is in stock again.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::Promise;
use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Customer;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $none  = '00000000-0000-4000-8000-000000000000';
my ($yes, $no) = (Mojo::JSON->true, Mojo::JSON->false);
my $lists = '/api/v1/wishlists';
$t->ua->cookie_jar->ignore(sub {1});

sub customer (%with) {
    return ShopTest::Customer->new(stack => $shop, with => \%with);
}

sub update ($id, $on_hand) {
    $t->post_ok('/api/v1/inventory/update' => $admin => json =>
          {variant_id => $id, on_hand => $on_hand})->status_is(200);
    return;
}

# a product with two variants: its id, and those of the variants
sub shirt (%with) {
    $t->post_ok('/api/v1/products' => $admin => json => {
        name => 'Shirt ' . unique_id, price => 2000,
        variants => [
            {options => {Size => 'S'}, stock => 0},
            {options => {Size => 'M'}, stock => 5, price => 2500}
        ], %with
    })->status_is(201);
    return ($t->value('/id'), map { $_->{id} } @{$t->value('/variants')});
}

subtest 'lists' => sub {
    my $ada = customer()->headers;
    my $bob = customer()->headers;
    $t->get_ok($lists)->problem_is(401 => 'unauthenticated');
    $t->get_ok($lists => $ada)->status_is(200)
      ->json_is('' => {items => [], next_cursor => undef});
    $t->post_ok($lists => $ada => json =>
          {name => ' Birthday ', note => 'In May'})->status_is(201)
      ->json_is('/name' => 'Birthday')->json_is('/note' => 'In May')
      ->json_is('/role' => undef)->json_is('/share_id' => undef)
      ->json_is('/count' => 0);
    my $path = "$lists/" . $t->value('/id');
    my $etag = $t->tx->res->headers->etag;
    $t->header_is(Location => $path);
    $t->get_ok($path => {%$ada, 'If-None-Match' => $etag})->status_is(304);

    $t->patch_ok($path => {%$ada, 'If-Match' => $etag} => json =>
          {name => 'Birthdays'})->status_is(200)->trips_is('sql=1 redis=0')
      ->json_is('/name' => 'Birthdays')->json_is('/note' => 'In May');
    $t->patch_ok($path => {%$ada, 'If-Match' => $etag} => json =>
          {name => 'x'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok($path => $ada => json => {note => undef})
      ->json_is('/note' => undef);

    $t->get_ok($path => $bob)->problem_is(404 => 'not_found');
    $t->patch_ok($path => $bob => json => {name => 'x'})
      ->problem_is(404 => 'not_found');
    $t->delete_ok($path => $bob)->problem_is(404 => 'not_found');
    $t->get_ok($path => {%$ada, Host => 'northlight.localhost'})
      ->problem_is(404 => 'not_found');

    for my $bad ({}, {name => ''}, {name => '  '}, {name => 'x' x 101},
        {name => 'x', note => 'x' x 1001}, {name => 'x', shared => 1},
        {name => 'x', color => 'red'})
    {
        $t->post_ok($lists => $ada => json => $bad)
          ->problem_is(422 => 'invalid_input');
    }
    for my $wrong ("$lists/none", "$lists/$none", "$lists/shared/none") {
        $t->get_ok($wrong => $ada)->problem_is(404 => 'not_found');
    }
    $t->delete_ok($path => {%$ada, 'If-Match' => $etag})
      ->problem_is(412 => 'precondition_failed');
    $t->delete_ok($path => $ada)->status_is(204);
    $t->delete_ok($path => $ada)->problem_is(404 => 'not_found');
};

subtest 'items' => sub {
    my $ada = customer()->headers;
    my ($shirt, $small, $medium) = shirt();
    my $items = "$lists/default/items";
    $t->get_ok($items => $ada)->status_is(200)->json_is('/items' => []);
    $t->get_ok("$lists/default" => $ada)->problem_is(404 => 'not_found');

    $t->post_ok($items => $ada => json => {product_id => $shirt})
      ->status_is(201)->trips_is('sql=1 redis=0')
      ->json_is('/product_id' => $shirt)->json_is('/variant_id' => undef)
      ->json_is('/quantity' => 1)->json_is('/product/in_stock' => $yes)
      ->json_is('/product/price' => {amount => 2000, currency => 'EUR'})
      ->json_is('/product/options' => undef);
    $t->get_ok("$lists/default" => $ada)->status_is(200)
      ->json_is('/role' => 'default')->json_is('/count' => 1);
    $t->post_ok($items => $ada => json =>
          {variant_id => $medium, quantity => 2, note => 'In red'})
      ->status_is(201)->json_is('/product/options' => {Size => 'M'})
      ->json_is('/added_price/amount' => 2500);
    my $item = $t->value('/id');
    $t->post_ok($items => $ada => json => {variant_id => $small})
      ->status_is(201)->json_is('/product/in_stock' => $no);
    $t->post_ok($items => $ada => json =>
          {variant_id => $medium, quantity => 3})
      ->status_is(200)->json_is('/id' => $item)->json_is('/quantity' => 3)
      ->json_is('/note' => 'In red');

    $t->get_ok("$items?limit=2" => $ada)->status_is(200)
      ->json_is('/items/0/variant_id' => $small)->json_hasnt('/items/2');
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$items?limit=2&cursor=$cursor" => $ada)
      ->json_is('/items/0/variant_id' => undef)->json_hasnt('/items/1')
      ->json_is('/next_cursor' => undef);

    $t->patch_ok("/api/v1/products/$shirt" => $admin => json =>
          {variants => [{id => $medium, price => 1500}]})->status_is(200);
    $t->get_ok($items => $ada)
      ->json_is('/items/1/product/price/amount' => 1500, 'what it costs now')
      ->json_is('/items/1/added_price/amount' => 2500, '... and cost then');
    $t->get_ok("$items?currency=USD" => $ada)
      ->json_is('/items/0/product' => undef, 'not sold in dollars');
    $t->get_ok("$items?currency=JPY" => $ada)
      ->problem_is(422 => 'invalid_input');

    $t->patch_ok("$items/$item" => $ada => json =>
          {quantity => 1, note => undef})->status_is(200)
      ->json_is('/quantity' => 1)->json_is('/note' => undef);
    $t->patch_ok("$items/$item" => $ada => json => {wishlist => 'saved'})
      ->status_is(200);
    $t->get_ok("$lists/saved/items" => $ada)
      ->json_is('/items/0/id' => $item)->json_hasnt('/items/1');
    $t->get_ok($lists => $ada)->json_is('/items/0/role' => 'default')
      ->json_is('/items/0/count' => 2)->json_is('/items/1/role' => 'saved');
    $t->post_ok($items => $ada => json => {variant_id => $medium})
      ->status_is(201);
    $t->patch_ok("$lists/saved/items/$item" => $ada => json =>
          {wishlist => 'default'})->problem_is(409 => 'conflict');
    $t->patch_ok("$items/$item" => $ada => json => {quantity => 2})
      ->problem_is(404 => 'not_found');

    for my $bad ({}, {product_id => $shirt, quantity => 0},
        {product_id => $shirt, quantity => 10_000},
        {product_id => $shirt, note => 'x' x 501},
        {product_id => $shirt, size => 'S'})
    {
        $t->post_ok($items => $ada => json => $bad)
          ->problem_is(422 => 'invalid_input');
    }
    for my $bad ({product_id => 'none'}, {product_id => '999999999999'},
        {variant_id => '999999999999'},
        {product_id => '1', variant_id => $medium})
    {
        $t->post_ok($items => $ada => json => $bad)
          ->problem_is(404 => 'not_found');
    }
    $t->delete_ok("$lists/saved/items/$item" => $ada)->status_is(204);
    $t->delete_ok("$lists/saved/items/$item" => $ada)
      ->problem_is(404 => 'not_found');

    $t->delete_ok("/api/v1/products/$shirt" => $admin)->status_is(204);
    $t->get_ok($items => $ada)
      ->json_is('/items/0/product' => undef, 'not sold any more');
};

subtest 'the default list is made once' => sub {
    my $ada = customer()->headers;
    my @things = map { new_product($shop) } 1 .. 6;
    my %codes;
    my @ua = map { Mojo::UserAgent->new->insecure(1) } @things;
    Mojo::Promise->all(map {
        $ua[$_]->post_p($shop->url . "$lists/default/items" => $ada => json =>
              {product_id => $things[$_]})
          ->then(sub ($tx) { $codes{$tx->res->code}++ })
    } 0 .. $#things)->wait;
    is_deeply \%codes, {201 => 6};
    $t->get_ok($lists => $ada)->json_is('/items/0/count' => 6)
      ->json_hasnt('/items/1');
};

subtest 'a link' => sub {
    my $ada = customer(name => 'Ada Example');
    my $product = new_product($shop);
    $t->post_ok($lists => $ada->headers => json =>
          {name => 'Wedding', shared => $yes})->status_is(201);
    my ($path, $share) = ("$lists/" . $t->value('/id'), $t->value('/share_id'));
    $t->post_ok("$path/items" => $ada->headers => json =>
          {product_id => $product})->status_is(201);
    $t->get_ok("$lists/shared/$share")->status_is(200)
      ->json_is('/name' => 'Wedding')->json_is('/owner' => 'Ada E.')
      ->json_is('/count' => 1)->json_hasnt('/id');
    $t->get_ok("$lists/shared/$share/items?limit=1")->status_is(200)
      ->json_is('/items/0/product_id' => $product);
    $t->get_ok("$lists/shared/$share" => {Host => 'northlight.localhost'})
      ->problem_is(404 => 'not_found');
    $t->get_ok("$lists/shared/$none")->problem_is(404 => 'not_found');
    $t->get_ok("$lists/shared/$none/items")->problem_is(404 => 'not_found');
    $t->patch_ok($path => $ada->headers => json => {shared => $yes})
      ->json_is('/share_id' => $share, 'the same link');
    $t->patch_ok($path => $ada->headers => json => {shared => $no})
      ->json_is('/share_id' => undef);
    $t->get_ok("$lists/shared/$share")->problem_is(404 => 'not_found');
    $t->patch_ok($path => $ada->headers => json => {shared => $yes});
    isnt $t->value('/share_id'), $share, 'a new link';
};

subtest 'notices' => sub {
    my $ada = customer();
    my ($shirt, $small, $medium) = shirt();
    my $path  = "/api/v1/products/$shirt/stock-notices";
    my $email = unique_email();
    $t->post_ok($path => json => {variant_id => $small})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/email');
    $t->post_ok($path => json => {email => $email})
      ->problem_is(422 => 'variant_required');
    $t->post_ok($path => json => {email => $email, variant_id => $medium})
      ->problem_is(409 => 'in_stock');
    $t->post_ok($path => json => {email => $email, variant_id => '1'})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok($path => json => {email => 'me', variant_id => $small})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok('/api/v1/products/none/stock-notices' => json =>
          {email => $email})->problem_is(404 => 'not_found');

    for (1 .. 2) {
        $t->post_ok($path => json =>
              {email => uc $email, variant_id => $small})->status_is(201)
          ->trips_is('sql=1 redis=0')->json_is('/email' => lc $email)
          ->json_is('/variant_id' => $small)->json_hasnt('/id');
    }
    is $shop->sql('select count(*) from wishlist.notice where variant_id = ?',
        $small), 1, 'once an address';

    $t->post_ok($path => $ada->headers => json =>
          {email => $email, variant_id => $small})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok($path => $ada->headers => json => {variant_id => $small})
      ->status_is(201)->json_is('/email' => undef);
    my $notice = '/api/v1/stock-notices/' . $t->value('/id');
    $t->header_is(Location => $notice);
    $t->get_ok('/api/v1/stock-notices')->problem_is(401 => 'unauthenticated');
    $t->get_ok('/api/v1/stock-notices' => $ada->headers)->status_is(200)
      ->json_is('/items/0/variant_id' => $small)->json_hasnt('/items/1');
    $t->delete_ok($notice => customer()->headers)
      ->problem_is(404 => 'not_found');
    $t->delete_ok($notice => $ada->headers)->status_is(204);
    $t->delete_ok($notice => $ada->headers)->problem_is(404 => 'not_found');
};

subtest 'what is known and forgotten' => sub {
    my $ada = customer();
    my ($shirt, $small) = shirt();
    $t->post_ok("$lists/default/items" => $ada->headers => json =>
          {product_id => $shirt})->status_is(201);
    $t->post_ok("/api/v1/products/$shirt/stock-notices" => $ada->headers =>
          json => {variant_id => $small})->status_is(201);
    $t->post_ok("/api/v1/products/$shirt/stock-notices" => json =>
          {variant_id => $small, email => $ada->email})->status_is(201);
    $t->get_ok('/api/v1/users/me/export' => $ada->headers)->status_is(200)
      ->json_is('/wishlists/0/items/0/product_id' => $shirt)
      ->json_has('/stock_notices/1');
    $t->delete_ok('/api/v1/users/me' => $ada->headers => json =>
          {current_password => $ada->account->{password}})->status_is(204);
    is $shop->sql('select count(*) from wishlist.notice where variant_id = ?',
        $small), 0, 'no notice is left';
};

done_testing;
