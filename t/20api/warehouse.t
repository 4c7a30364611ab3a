#!/usr/bin/perl

# Warehouses: CRUD, who may, what their state means for what is sold; the list
# of stock.

use Mojo::Base -signatures;

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
$t->ua->cookie_jar->ignore(sub {1});

my $path = '/api/v1/warehouses';

sub code { return 'w-' . lc unique_id }

sub add (%with) {
    $t->post_ok($path => $admin => json =>
          {code => code(), name => 'Depot', %with})->status_is(201);
    return $t->value;
}

sub product (%with) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Piece ' . unique_id, price => 1, %with})->status_is(201);
    return $t->value;
}

sub update ($json) {
    return $t->post_ok('/api/v1/inventory/update' => $admin => json => $json);
}

subtest 'a warehouse' => sub {
    my $code = code();
    my %key = (%$admin, 'Idempotency-Key' => unique_id);
    my $json = {code => $code, name => 'North', country => 'DK',
        address => {line1 => 'Havnen 1', city => 'Aarhus'}, position => 50,
        active => Mojo::JSON->false};
    $t->post_ok($path => \%key => json => $json)->status_is(201)
      ->json_is('/code' => $code)->json_is('/address/city' => 'Aarhus')
      ->json_is('/active' => Mojo::JSON->false)
      ->header_like(Location => qr{^/api/v1/warehouses/\d+$})
      ->header_is(ETag => '"1"');
    my $id = $t->value('/id');
    $t->post_ok($path => \%key => json => $json)
      ->header_is('Idempotent-Replayed' => 'true')->json_is('/id' => $id);
    $t->post_ok($path => $admin => json => $json)
      ->problem_is(409 => 'code_taken');

    $t->get_ok("$path/$_" => $admin)->status_is(200)->json_is('/id' => $id)
      for $id, $code;
    $t->get_ok("$path/$id" => {%$admin, 'If-None-Match' => '"1"'})
      ->status_is(304);
    $t->patch_ok("$path/$code" => {%$admin, 'If-Match' => '"1"'} => json =>
          {name => 'North 2', country => undef})->status_is(200)
      ->json_is('/name' => 'North 2')->json_is('/country' => undef)
      ->json_is('/address/line1' => 'Havnen 1')->header_is(ETag => '"2"');
    $t->patch_ok("$path/$id" => {%$admin, 'If-Match' => '"1"'} => json =>
          {name => 'x'})->problem_is(412 => 'precondition_failed');
    $t->delete_ok("$path/$id" => $admin)->status_is(204);
    $t->get_ok("$path/$id" => $admin)->problem_is(404 => 'not_found');
    $t->delete_ok("$path/$id" => $admin)->problem_is(404 => 'not_found');
    $t->patch_ok("$path/$id" => $admin => json => {name => 'x'})
      ->problem_is(404 => 'not_found');
};

subtest 'the list' => sub {
    my @ids = map { add(position => 90_000 + $_)->{id} } 1, 2;
    my (@seen, $cursor);
    do {
        $t->get_ok("$path?limit=1" . ($cursor ? "&cursor=$cursor" : '') =>
              $admin)->status_is(200);
        push @seen, map { $_->{id} } @{$t->value('/items')};
        $cursor = $t->value('/next_cursor');
    } while $cursor;
    is_deeply [@seen[-2, -1]], \@ids, 'by position, page by page';
    is $shop->sql('select count(*) from inventory.warehouse w
                   where w.store_id = 1'), scalar(@seen), 'all of them';
    $t->get_ok("$path?cursor=AAAA" => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->delete_ok("$path/$_" => $admin)->status_is(204) for @ids;
};

subtest 'bad input' => sub {
    for my $bad (
        [{name => 'x'},                                    '/code'],
        [{code => 'x'},                                    '/name'],
        [{code => 'Big', name => 'x'},                     '/code'],
        [{code => '12', name => 'x'},                      '/code'],
        [{code => 'a', name => 'x', country => 'de'},      '/country'],
        [{code => 'a', name => 'x', address => {x => 1}},  '/address/x'],
        [{code => 'a', name => 'x', position => -1},       '/position'],
        [{code => 'a', name => 'x', active => 'yes'},      '/active'],
        [{code => 'a', name => 'x', color => 'red'},       '/color']
      )
    {
        $t->post_ok($path => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->patch_ok("$path/main" => $admin => json => {code => 'x'})
      ->problem_is(422 => 'invalid_input');
};

subtest 'who may' => sub {
    my $nobody = $shop->customer;
    for my $who ([{}, 401], [$nobody, 403]) {
        $t->get_ok($path => $who->[0])->status_is($who->[1]);
        $t->get_ok("$path/main" => $who->[0])->status_is($who->[1]);
        $t->get_ok('/api/v1/inventory' => $who->[0])->status_is($who->[1]);
    }
    $t->get_ok("$path/main" => $seller)->status_is(200);
    $t->post_ok($path => $seller => json => {code => 'x', name => 'x'})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok("$path/main" => $seller => json => {name => 'x'})
      ->problem_is(403 => 'forbidden');
    $t->delete_ok("$path/main" => $seller)->problem_is(403 => 'forbidden');
};

subtest 'stock in it' => sub {
    my $house = add(position => 80_000);
    my $id    = product(stock => 2)->{id};
    update({product_id => $id, warehouse => $house->{code}, delta => 3})
      ->status_is(200)->json_is('/on_hand' => 5);
    is_deeply [map { [@$_{qw(warehouse on_hand)}] }
          @{$t->value('/variants/0/warehouses')}],
      [['main', 2], [$house->{code}, 3]], 'each warehouse';
    $t->get_ok("/api/v1/products/$id")->json_is('/variants/0/available' => 5);

    $t->patch_ok("$path/$house->{id}" => $admin => json =>
          {active => Mojo::JSON->false})->status_is(200);
    $t->get_ok("/api/v1/products/$id")->json_is('/variants/0/available' => 2);
    my $cart = {product_id => $id, quantity => 3};
    $t->post_ok('/api/v1/cart/add' => json => $cart)
      ->problem_is(409 => 'insufficient_stock');
    $t->patch_ok("$path/$house->{id}" => $admin => json =>
          {active => Mojo::JSON->true})->status_is(200);
    $t->post_ok('/api/v1/cart/add' => json => $cart)->status_is(200);

    $t->delete_ok("$path/$house->{id}" => $admin)
      ->problem_is(409 => 'warehouse_in_use');
    update({product_id => $id, warehouse => $house->{code}, on_hand => 0})
      ->status_is(200);
    $t->delete_ok("$path/$house->{id}" => $admin)->status_is(204);
    $t->delete_ok("$path/main" => $admin)
      ->problem_is(409 => 'warehouse_in_use');
    is $shop->sql('select count(*) from inventory.verify()
                   where variant_id = ?', $id), 0, 'the ledger adds up';
};

subtest 'the list of stock' => sub {
    my $house = add(position => 80_001);
    my @ids   = map { product(stock => $_)->{id} } 1, 50;
    update({product_id => $_, warehouse => $house->{code}, delta => 2})
      for @ids;
    my $list = "/api/v1/inventory?warehouse=$house->{code}";
    $t->get_ok($list => $admin)->status_is(200);
    is_deeply [map { $_->{product_id} } @{$t->value('/items')}], \@ids,
      'of a warehouse';
    $t->json_is('/items/0/on_hand' => 2)->json_is('/items/0/available' => 2)
      ->json_is('/next_cursor' => undef);
    $t->get_ok("$list&limit=1" => $admin);
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$list&limit=1&cursor=$cursor" => $admin)
      ->json_is('/items/0/product_id' => $ids[1]);
    update({product_id => $ids[0], warehouse => $house->{code},
            on_hand => 9, low_stock_threshold => 5});
    $t->get_ok("$list&low=true" => $admin)
      ->json_is('/items/0/product_id' => $ids[1])->json_hasnt('/items/1');
    $t->get_ok($list => $seller)->status_is(200)
      ->json_is('/items' => [], 'not the seller\'s');
    $t->get_ok('/api/v1/inventory?warehouse=moon' => $admin)
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'warehouse');
    $t->get_ok('/api/v1/inventory?low=perhaps' => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok('/api/v1/inventory?cursor=AAAA' => $admin)
      ->problem_is(422 => 'invalid_input');
};

subtest 'the ledger\'s check' => sub {
    $t->get_ok('/api/v1/inventory/check' => $admin)->status_is(200)
      ->json_has('/wrong')->json_has('/findings');
    $t->get_ok('/api/v1/inventory/check' => $seller)
      ->problem_is(403 => 'forbidden');
};

done_testing;
